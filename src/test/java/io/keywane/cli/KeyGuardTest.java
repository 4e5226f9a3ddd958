package io.keywane.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A key value on the command line is refused and never repeated, wherever it stands and whatever its shape. */
final class KeyGuardTest {
    private static final String VENDOR = "jbe_live_CanaryCanaryCanary012_CanaryCanaryCanaryCanaryCanaryCanary0123456";
    private static final String HALF = "jbe_test_CanaryCanary";
    private static final String LONG = "CanaryCanaryCanaryCanaryCanaryCanaryCanary0123456";
    private static final String SHORT = "Canary-0123456789abc";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"keys import search-production @", "keys import @", "rotation supply search-production @",
        "rotation supply --file @", "rotation supply search-production --dashboard-name=@",
        "rotation supply search-production --reason x@ --stdin", "@", "keys @", "keys list @", "keys show @",
        "keys show -@", "usage --since @", "rotation pause a --request-id @", "rotation start a --@",
        "rotation waive a --gate @ --reason x --yes", "--socket @ keys list", "doctor --output=@", "completion @"})
    void keyOfTheVendorsShape_anywhere_isRefusedAndNotRepeated(String command) {
        for (String value : new String[]{VENDOR, HALF}) {
            Run run = run(command, value);

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("keywane: an argument looks like a key value; it is not shown, and nothing"
                    + " was done\nhint: give keys by --stdin, --file or at the prompt").doesNotContain("Canary");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys import search-production @", "keys import @", "rotation supply search-production @",
        "rotation supply @ --stdin", "keys import search-production --@", "rotation supply a --key=@",
        "rotation supply a --timeout @", "keys import a -k @", "keys import a -@"})
    void keyOfAnotherShape_besideAVerbThatTakesOne_isNotRepeated(String command) {
        for (String value : new String[]{LONG, SHORT}) {
            Run run = run(command, value);

            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).startsWith("keywane: ").doesNotContain("Canary").doesNotContain("456789");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys list @", "keys show @", "@", "usage a --since @", "rotation pause a --bogus=@",
        "audit tail --lines @", "doctor --output @"})
    void longToken_besideOtherVerbs_isNotRepeated(String command) {
        Run run = run(command, LONG);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("keywane: ").doesNotContain("Canary");
    }

    @Test
    void unexpectedError_withAKeyInItsMessage_isNotRepeated() {
        KeyGuard guard = new KeyGuard(List.of("daemon", "--config", LONG));

        assertThat(guard.masked("cannot open " + LONG)).isEqualTo("cannot open (not shown)");
    }

    @Test
    void argumentFile_isNotExpanded() {
        Run run = Run.of(directory.resolve("none"), "keys", "list", "@/etc/hostname");

        assertThat(run.err()).startsWith("keywane: unexpected argument '@/etc/hostname'");
    }

    @Test
    void requestIdOfFortyCharacters_besideSupply_isAllowed() {
        Run run = new Run.Builder(directory.resolve("none")).input("some-key").environment(Map.of()).run("rotation",
                "supply", "a", "--stdin", "--request-id=3f1c2d4e-0000-4000-8000-0123456789ab");

        assertThat(run.err()).startsWith("keywane: daemon unreachable");
    }

    private Run run(String command, String value) {
        return Run.of(directory.resolve("none"), command.replace("@", value).split(" "));
    }
}
