package io.keywane.cli;

import io.keywane.control.FakeDaemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ReportCommandTest {
    @TempDir
    private Path folder;

    @Test
    void report_toAFile_replacesWhatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("report.html"), "old");
        Path socket = folder.resolve("s");
        try (FakeDaemon _ = FakeDaemon.canned(socket)) {
            Run run = Run.of(socket, "report", "--output", file.toString());

            assertThat(run.exit()).as(run.err()).isZero();
        }
        assertThat(Files.readString(file)).startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
    }
}
