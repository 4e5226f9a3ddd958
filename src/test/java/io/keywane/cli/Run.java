package io.keywane.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.keywane.control.CannedResults.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One run of the command line in this process.
 *
 * @param exit its exit code
 * @param out what it printed as data
 * @param err everything else
 */
record Run(int exit, String out, String err) {
    /** A run that talks to {@code socket}, without a terminal. */
    static Run of(Path socket, String... arguments) {
        return new Builder(socket).run(arguments);
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    /** What a run finds around it. */
    static final class Builder {
        private final Path socket;
        private Terminal terminal = Terminal.nobody();
        private byte[] input = new byte[0];
        private Map<String, Object> more = Map.of();
        private Map<String, String> environment = Map.of("NO_COLOR", "1");

        Builder(Path socket) {
            this.socket = socket;
        }

        Builder terminal(Terminal present) {
            this.terminal = present;
            return this;
        }

        Builder input(String text) {
            this.input = text.getBytes(UTF_8);
            return this;
        }

        Builder more(Map<String, Object> verbs) {
            this.more = verbs;
            return this;
        }

        Builder environment(Map<String, String> variables) {
            this.environment = variables;
            return this;
        }

        /** Runs with {@code KEYWANE_SOCKET} naming the socket, at half past noon. */
        Run run(String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Map<String, String> all = new HashMap<>(environment);
            all.put("KEYWANE_SOCKET", socket.toString());
            int exit = KeywaneCommandLine.run(
                    new CliContext(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8),
                            new ByteArrayInputStream(input), all, terminal,
                            InstantSource.fixed(NOON.plusSeconds(1_800)), Duration.ofMillis(5)),
                    more, arguments);
            return new Run(exit, out.toString(UTF_8), err.toString(UTF_8));
        }
    }

    /** A person who gives prepared answers. */
    static final class FakeTerminal implements Terminal {
        private final String answer;
        private final List<String> questions = new ArrayList<>();

        FakeTerminal(String answer) {
            this.answer = answer;
        }

        List<String> questions() {
            return questions;
        }

        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public Optional<String> ask(String question) {
            questions.add(question);
            return Optional.of(answer);
        }

        @Override
        public char[] askSecret(String question) {
            questions.add(question);
            return answer.toCharArray();
        }
    }
}
