package io.keywane.store;

import io.keywane.engine.IntakeSettings.Issuer;
import io.keywane.engine.KeySource.Answer;
import io.keywane.key.KeyFault;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Real programs as issuers. */
class ProcessIssuerTest {
    private static final KeyName KEY = new KeyName("search");
    private static final String CANARY = "jbe_live_CanaryCanaryCanary012_CanaryCanaryCanaryCanaryCanaryCanary0123456";

    @TempDir
    private Path folder;

    private final List<KeyMaterial> known = new ArrayList<>();

    private Answer run(String script) throws IOException {
        return run(script, Duration.ofSeconds(20));
    }

    private Answer run(String script, Duration timeout) throws IOException {
        Path program = program(script);
        return new ProcessIssuer(known::add, text -> text.replace("masked", "(masked)"))
                .issue(new Issuer(List.of(program.toString(), "--env", "live"), timeout), KEY, "req-1");
    }

    private Path program(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("issue"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static KeyMaterial material(String value) {
        return KeyMaterial.copyOf(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void key_onStandardOutput_isTaken() throws IOException {
        assertThat(run("echo " + CANARY)).isEqualTo(new Answer.Found(material(CANARY)));
        assertThat(run("printf 'abc\\r\\n'")).isEqualTo(new Answer.Found(material("abc")));
        assertThat(known).containsExactly(material(CANARY), material("abc"));
    }

    @Test
    void program_findsTheRequestIdAndNothingElse() throws IOException {
        Path seen = folder.resolve("seen");
        run("env | sort > " + seen + "; echo \"$@\" >> " + seen + "; cat >> " + seen + "; echo k");

        assertThat(Files.readAllLines(seen)).filteredOn(line -> !line.matches("(PWD|_|SHLVL|OLDPWD)=.*"))
                .containsExactly("KEYWANE_KEY=search", "KEYWANE_REQUEST_ID=req-1",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "--env live");
    }

    @ParameterizedTest
    @CsvSource({"75,Nothing,the issuer has none yet (exit 75: wait)", "77,Declined,the issuer declines (exit 77: wait)",
        "1,Failed,the issuer failed (exit 1: wait)", "127,Failed,the issuer failed (exit 127: wait)",
        "137,Unclear,the issuer was killed (exit 137: wait)"})
    void exitCode_hasItsMeaning(int exit, String kind, String why) throws IOException {
        Answer answer = run("echo wait >&2; exit " + exit);

        assertThat(answer.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(answer.toString()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({"true,EMPTY", "echo one; echo two,WHITE_SPACE", "echo a b,WHITE_SPACE",
        "head -c 600 /dev/zero | tr '\\0' x,TOO_LONG", "head -c 5000000 /dev/zero | tr '\\0' x,TOO_LONG",
        "printf '\\303\\237',NOT_ASCII", "printf 'a\\001b',CONTROL_CHARACTER"})
    void output_thatCannotBeAKey_isNamedByItsFault(String script, KeyFault fault) throws IOException {
        assertThat(run(script)).isEqualTo(new Answer.Unusable(fault));
    }

    @Test
    void program_thatHangs_isKilledWithItsChildrenAndUnclear() throws Exception {
        Path pid = folder.resolve("pid");
        Answer answer = run("sleep 300 & echo $! > " + pid + "; wait", Duration.ofSeconds(1));

        assertThat(answer).isEqualTo(new Answer.Unclear("the issuer was killed after 1 s"));
        long child = Long.parseLong(Files.readString(pid).strip());
        for (int i = 0; i < 50 && isAlive(child); i++) {
            Thread.sleep(20);
        }
        assertThat(isAlive(child)).isFalse();
    }

    /** What was killed and is not yet taken note of by its new parent is dead. */
    private static boolean isAlive(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return Files.exists(status) && !Files.readString(status).contains("State:\tZ");
    }

    @Test
    void program_thatIsKilled_isUnclear() throws IOException {
        assertThat(run("kill -9 $$")).isInstanceOf(Answer.Unclear.class);
    }

    @Test
    void complaint_ofWhateverKind_showsNoKeyAndIsShort() throws IOException {
        String other = "Zx81CanaryOtherVendor0123456789";
        Answer masked = run("echo " + CANARY + "; echo made " + CANARY + " masked >&2; exit 1");
        Answer strange = run("echo made " + other + " >&2; exit 1");
        Answer endless = run("yes word | head -c 3000000 | tr '\\n' ' ' >&2; exit 1");

        assertThat(known).as("told before anything is passed on").containsExactly(material(CANARY));
        assertThat(masked.toString()).contains("(masked)").doesNotContain("CanaryCa");
        assertThat(strange.toString()).contains("made (not shown)").doesNotContain("Canary");
        assertThat(endless.toString()).hasSizeLessThan(300);
    }

    @Test
    void program_thatOthersMayWriteOrThatIsNone_isNotRun() throws IOException {
        Path program = program("echo k");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxrwx---"));
        ProcessIssuer issuer = new ProcessIssuer(known::add, text -> text);
        Issuer settings = new Issuer(List.of(program.toString()), Duration.ofSeconds(5));

        assertThat(issuer.issue(settings, KEY, "r").toString()).contains("has mode 0770", "chmod go-w");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx----wx"));
        assertThat(issuer.issue(settings, KEY, "r").toString()).contains("others may put another program there");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-------"));
        assertThat(issuer.issue(settings, KEY, "r")).isInstanceOf(Answer.Failed.class);
        Files.delete(program);
        assertThat(issuer.issue(settings, KEY, "r").toString()).contains("there is no program");
        assertThat(known).isEmpty();
    }
}
