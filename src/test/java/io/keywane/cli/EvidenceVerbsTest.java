package io.keywane.cli;

import io.keywane.control.CannedResults;
import io.keywane.control.FakeDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;

class EvidenceVerbsTest {
    @TempDir
    private Path folder;

    private Run run(String... arguments) throws Exception {
        Path socket = folder.resolve("s");
        try (FakeDaemon daemon = FakeDaemon.canned(socket)) {
            assertThat(daemon).isNotNull();
            return Run.of(socket, arguments);
        }
    }

    @Test
    void list_ofBundles_hasALineForEach() throws Exception {
        Run run = run("evidence", "list");

        assertThat(run.exit()).isZero();
        assertThat(run.outLines()).hasSize(2);
        assertThat(run.outLines().getLast()).startsWith("search-production").contains("proven",
                CannedResults.BUNDLE.digest());
    }

    @Test
    void export_toAFile_isForItsOwnerOnlyAndOverwritesNothing() throws Exception {
        Path file = folder.resolve("evidence.jsonl");
        Run first = run("evidence", "export", "search-production", "--output", file.toString());

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(CannedResults.BUNDLE_FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");

        Run second = run("evidence", "export", "search-production", "--output", file.toString());
        assertThat(second.exit()).isEqualTo(6);
        assertThat(second.err()).contains("is there already, and is not written over");
    }

    @Test
    void export_withoutAFile_isTheBundleAlone() throws Exception {
        Run run = run("evidence", "export", "search-production");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("not a bundle\n");
    }

    @Test
    void export_intoNoFolder_isAFailureWithTheWayOut() throws Exception {
        Run run = run("evidence", "export", "search-production", "--output",
                folder.resolve("none/evidence.jsonl").toString());

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("cannot write").contains("hint: name a file in a folder that you may write to");
    }
}
