package io.keywane.cli;

import java.io.Console;
import java.util.Arrays;
import java.util.Optional;

/** A person at a terminal, or nobody. */
public interface Terminal {
    /** Whether there is one. */
    boolean isPresent();

    /** What the person answers to a question; empty at end of input, or where nobody is. */
    Optional<String> ask(String question);

    /** The same without showing it; the caller wipes it. Length 0 at end of input, or where nobody is. */
    char[] askSecret(String question);

    /** The terminal of this process, if both its input and its output are one. */
    static Terminal ofProcess() {
        // Which console there is without a terminal differs between Java releases: none, or one that is no terminal.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal)
                .<Terminal>map(ConsoleTerminal::new).orElseGet(Terminal::nobody);
    }

    /** Nobody. */
    static Terminal nobody() {
        return new Terminal() {
            @Override
            public boolean isPresent() {
                return false;
            }

            @Override
            public Optional<String> ask(String question) {
                return Optional.empty();
            }

            @Override
            public char[] askSecret(String question) {
                return new char[0];
            }
        };
    }

    /** The JDK's console. */
    record ConsoleTerminal(Console console) implements Terminal {
        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            return Optional.ofNullable(console.readLine("%s", question));
        }

        @Override
        public char[] askSecret(String question) {
            char[] answer = console.readPassword("%s", question);
            return answer == null ? new char[0] : Arrays.copyOf(answer, answer.length);
        }
    }
}
