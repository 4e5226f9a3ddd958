package io.keywane.cli;

/**
 * Tells, when the terminal interrupts a command that only watches, that nothing but the watching has ended.
 *
 * <p>The JVM itself ends with 130 on SIGINT; this adds the words.
 */
final class Detachment implements AutoCloseable {
    private final Thread hook;

    private Detachment(Thread hook) {
        this.hook = hook;
    }

    static Detachment announce(CliContext context, String key) {
        Thread hook = new Thread(() -> say(context, key), "detached");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Detachment(hook);
    }

    static void say(CliContext context, String key) {
        context.err().println("keywane: detached; the rotation goes on. Look again: keywane rotation watch " + key);
        context.err().flush();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The shutdown has begun: the hook says what there is to say.
            return;
        }
    }
}
