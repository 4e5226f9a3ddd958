package io.keywane.demo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Real processes, started and ended. */
class ProcessesTest {
    private static final JavaCommand JAVA = JavaCommand.ofThisProgram();

    @TempDir
    private Path folder;
    private final Children children = new Children();

    @AfterEach
    void end() {
        children.close();
    }

    /** Says that it runs, and waits. */
    public static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println(String.join(" ", arguments));
            Thread.sleep(Duration.ofMinutes(5));
        }
    }

    private Process leashed() throws IOException {
        List<String> command = JAVA.verb(List.of("one", "two")).stream()
                .map(word -> word.equals("io.keywane.Main") ? Sleeper.class.getName() : word).toList();
        return children.start(command, folder.resolve("errors"));
    }

    @Test
    void leash_inputEnds_endsTheProcess() throws Exception {
        Process process = leashed();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("one two");
        }

        process.getOutputStream().close();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void children_closed_runNoMoreAndStartNoMore() throws Exception {
        Process process = leashed();

        children.close();

        assertThat(process.isAlive()).isFalse();
        assertThatExceptionOfType(IOException.class).isThrownBy(this::leashed)
                .withMessage("the demonstration is being ended");
    }

    @Test
    void command_ofAConsumer_isReadAsTheSameSettings() {
        ConsumerSettings settings = new ConsumerSettings("demo-consumer-1", URI.create("http://127.0.0.1:4711"),
                folder.resolve("key"), Duration.ofMillis(333), Duration.ofSeconds(4));

        List<String> command = new JavaCommand("java", "a.jar").consumer(settings);

        assertThat(command).startsWith("java").containsSequence("-cp", "a.jar", Consumer.class.getName());
        assertThat(ConsumerSettings.ofArguments(command.subList(command.size() - 5, command.size())))
                .isEqualTo(settings);
    }
}
