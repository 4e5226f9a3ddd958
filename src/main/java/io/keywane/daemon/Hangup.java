package io.keywane.daemon;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Listens for SIGHUP. The JDK offers this only as {@code sun.misc.Signal}, of the supported module jdk.unsupported; javac
 * warns of every mention of it and the warning cannot be suppressed, hence the look-up by name.
 */
final class Hangup {
    private Hangup() {}

    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[]{handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                        case "toString" -> "Hangup";
                        default -> {
                            Thread.ofVirtual().start(action);
                            yield null;
                        }
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime gives no access to SIGHUP", e);
        }
    }
}
