package io.keywane.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

final class ManualPagesTest {
    @TempDir
    private Path directory;

    @Test
    void manual_everyVerb_hasAPageWithItsOptionsAndExamples() throws Exception {
        Run run = Run.of(directory.resolve("none"), "manual", directory.resolve("man").toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(directory.resolve("man/keywane.1")).content().contains(".SH \"EXIT STATUS\"", "keywane\\-rotation");
        assertThat(directory.resolve("man/keywane-rotation-start.1")).content()
                .startsWith(".TH \"KEYWANE\\-ROTATION\\-START\" 1")
                .contains("\\-\\-reason", "$ keywane rotation start");
        try (var pages = Files.list(directory.resolve("man"))) {
            assertThat(pages).hasSizeGreaterThan(40)
                    .allSatisfy(page -> assertThat(page).content().contains(".SH \"NAME\"\n", ".SH \"SYNOPSIS\"\n"));
        }
    }
}
