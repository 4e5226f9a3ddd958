package io.keywane.usage.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Mutations that change nothing that could be seen, each with its reason, as {@code equivalent.txt} lists them. */
final class Equivalents {
    private static final Path FILE = Path.of("src/test/resources/mutation/equivalent.txt");

    private final Set<String> names;

    private Equivalents(Set<String> names) {
        this.names = names;
    }

    /** Reads the list: a name, two spaces, the reason. */
    static Equivalents read() {
        Set<String> names = new HashSet<>();
        for (String line : lines()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int end = line.indexOf("  ");
                if (end < 0) {
                    throw new IllegalStateException("no reason given: " + line);
                }
                names.add(line.substring(0, end));
            }
        }
        return new Equivalents(names);
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(Mutation mutation) {
        return names.contains(mutation.name());
    }

    Set<String> names() {
        return Set.copyOf(names);
    }
}
