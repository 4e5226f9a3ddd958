package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import io.keywane.control.KeyLike;

import java.util.List;

/**
 * Refuses a command line that holds a key value, before anything reads it, and keeps values out of error messages.
 *
 * <p>What stands in argv can be read by every user of the host, and in the shell's history for ever.
 */
final class KeyGuard {
    private static final int SHOWN_AT_MOST = 24;
    private static final int SHOWN_AT_MOST_BESIDE_KEYS = 12;
    private static final String NOT_SHOWN = "(not shown)";

    private final List<String> arguments;
    private final boolean takesKey;

    KeyGuard(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        this.takesKey = follows("keys", "import") || follows("rotation", "supply");
    }

    /** Whether the verb takes a key value, so that a stray argument may be one. */
    boolean takesKey() {
        return takesKey;
    }

    /** Throws if an argument could be a key value. */
    void check() {
        for (String argument : arguments) {
            if (KeyLike.isFoundIn(argument) || (takesKey && KeyLike.isLongToken(value(argument)))) {
                throw new ControlException(ExitCode.USAGE,
                        "an argument looks like a key value; it is not shown, and nothing was done",
                        "give keys by --stdin, --file or at the prompt. If it is a real key, it now stands in this"
                                + " shell's history: treat it as leaked");
            }
        }
    }

    /** The message without arguments that are long enough to be a secret. */
    String masked(String message) {
        int most = takesKey ? SHOWN_AT_MOST_BESIDE_KEYS : SHOWN_AT_MOST;
        String masked = message;
        for (String argument : arguments) {
            for (String part : List.of(argument, value(argument))) {
                boolean option = part.startsWith("--") && part.indexOf('=') < 0;
                if (part.length() > most && !option) {
                    masked = masked.replace(part, NOT_SHOWN);
                }
            }
        }
        return masked;
    }

    private boolean follows(String first, String second) {
        int at = arguments.indexOf(first);
        return at >= 0 && arguments.subList(at, arguments.size()).contains(second);
    }

    private static String value(String argument) {
        return argument.startsWith("-") ? argument.substring(argument.indexOf('=') + 1) : argument;
    }
}
