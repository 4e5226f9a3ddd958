package io.keywane.store;

import io.keywane.engine.ConsumerTeller.Told;
import io.keywane.engine.Intent.Outcome;
import io.keywane.engine.KeySettings.TellSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Real programs that tell consumers. */
class ProcessTellerTest {
    private static final String CANARY = "jbe_live_CanaryCanaryCanary012_CanaryCanaryCanaryCanaryCanaryCanary0123456";

    @TempDir
    private Path folder;

    private final ProcessTeller teller = new ProcessTeller(text -> text.replace("masked", "(masked)"));

    private Told run(String script) throws IOException {
        return run(script, Duration.ofSeconds(20));
    }

    private Told run(String script, Duration timeout) throws IOException {
        return teller.tell(settings(program(script), timeout));
    }

    private static TellSettings settings(Path program, Duration timeout) {
        return new TellSettings(List.of(program.toString(), "search.service", "two words; $HOME"), timeout);
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("tell"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void program_getsItsArgumentsAsTheyAre_anEmptyEnvironmentAndNoInput() throws IOException {
        Path seen = folder.resolve("seen");
        Told told = run(
                "tr '\\0' '\\n' < /proc/$$/environ > " + seen + "; printf '%s\\n' \"$@\" >> " + seen + "; cat >> "
                        + seen);

        assertThat(told).isEqualTo(new Told(Outcome.SUCCEEDED, ""));
        assertThat(Files.readAllLines(seen)).containsExactly("search.service", "two words; $HOME");
    }

    @Test
    void exit_thatIsNot0_isNoSuccess() throws IOException {
        assertThat(run("echo no unit >&2; exit 5"))
                .isEqualTo(new Told(Outcome.FAILED, "the command failed (exit 5: no unit)"));
        assertThat(run("kill -9 $$").outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(run("echo made " + CANARY + " masked >&2; exit 1").detail()).contains("(not shown)", "(masked)")
                .doesNotContain("Canary");
        assertThat(run("head -c 3000000 /dev/zero").outcome()).as("output is read and dropped")
                .isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void program_thatHangs_isKilledWithItsWholeSession() throws Exception {
        Path pid = folder.resolve("pid");
        // A grandchild whose parent is gone: nobody's child any more.
        Told told = run("sh -c 'sleep 300 & echo $! > " + pid + "'; sleep 300", Duration.ofSeconds(1));

        assertThat(told).isEqualTo(new Told(Outcome.UNKNOWN, "the command was killed after 1 s"));
        assertIsDead(pid);
    }

    @Test
    void program_thatLeavesSomethingBehind_takesItAlong() throws Exception {
        Path pid = folder.resolve("pid");
        Told told = run("sleep 300 > /dev/null 2>&1 & echo $! > " + pid);

        assertThat(told.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertIsDead(pid);
    }

    private static void assertIsDead(Path pid) throws Exception {
        Path status = Path.of("/proc", Files.readString(pid).strip(), "status");
        for (int i = 0; i < 50 && isAlive(status); i++) {
            Thread.sleep(20);
        }
        assertThat(isAlive(status)).isFalse();
    }

    /** What was killed and is not yet taken note of by its new parent is dead. */
    private static boolean isAlive(Path status) throws IOException {
        return Files.exists(status) && !Files.readString(status).contains("State:\tZ");
    }

    @Test
    void program_thatOthersMayWrite_isNotRunAndNamed() throws IOException {
        Path program = program("touch " + folder.resolve("ran"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwx---"));
        TellSettings settings = settings(program, Duration.ofSeconds(5));

        assertThat(teller.tell(settings).detail()).contains("has mode 0770", "chmod go-w");
        assertThat(teller.fault(settings)).hasValueSatisfying(why -> assertThat(why).contains("chmod go-w"));
        assertThat(folder.resolve("ran")).doesNotExist();
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(teller.fault(settings)).isEmpty();
    }
}
