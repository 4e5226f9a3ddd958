package io.keywane.demo;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs the main method of another class, and ends the process when standard input ends: whoever holds the other end of
 * the pipe may die in any way, even by SIGKILL, and leaves nothing running.
 */
public final class Leash {
    private static final int HOLDER_IS_GONE = 1;

    private Leash() {}

    /** Arguments: the class, and what it is given. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("leash").start(Leash::endWithStandardInput);
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    private static void endWithStandardInput() {
        awaitEndOfInput();
        System.exit(HOLDER_IS_GONE);
    }

    /** Returns when standard input has ended or broken. */
    static void awaitEndOfInput() {
        byte[] ignored = new byte[64];
        try {
            while (System.in.read(ignored) >= 0) {
                // what is written there means nothing
            }
        } catch (IOException _) {
            // a broken pipe has ended, too
        }
    }
}
