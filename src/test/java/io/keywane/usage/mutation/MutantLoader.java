package io.keywane.usage.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The package {@code io.keywane.usage} and its tests once more, with some classes replaced; all else is the parent's, but for
 * what leans on it where that is asked for.
 */
final class MutantLoader extends ClassLoader {
    private static final String PACKAGE = "io.keywane.usage.";

    private static final String HERE = MutantLoader.class.getPackageName() + ".";
    private static final String RULES = "io.keywane.rotation.";

    private final Map<String, byte[]> replaced;
    private final boolean isWide;

    MutantLoader(ClassLoader parent, Map<String, byte[]> replaced) {
        this(parent, replaced, false);
    }

    private MutantLoader(ClassLoader parent, Map<String, byte[]> replaced, boolean isWide) {
        super(parent);
        this.isWide = isWide;
        this.replaced = new HashMap<>(replaced);
    }

    /** With the gates and the drain simulation, which lean on the package. */
    static MutantLoader wide(ClassLoader parent, Map<String, byte[]> replaced) {
        return new MutantLoader(parent, replaced, true);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!isOurs(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private boolean isOurs(String name) {
        if (isWide) {
            return (name.startsWith(PACKAGE) && !name.startsWith(HERE)) || name.startsWith(RULES);
        }
        return name.startsWith(PACKAGE) && name.indexOf('.', PACKAGE.length()) < 0;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = replaced.containsKey(name) ? replaced.get(name) : read(getParent(), name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    static byte[] read(ClassLoader loader, String name) throws ClassNotFoundException {
        try (InputStream in = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
