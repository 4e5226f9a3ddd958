package io.keywane.daemon;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs that tests use as peers: a test is skipped where one is missing, or fails with KEYWANE_REQUIRE_PEERS=1. */
final class Tools {
    private Tools() {}

    /** The program's path; the calling test ends here where there is none. */
    static String path(String program, String debianPackage) {
        String missing = program + " is not installed (Debian: apt install " + debianPackage + ")";
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).map(Path::toString).findFirst()
                .orElseGet(() -> "1".equals(System.getenv("KEYWANE_REQUIRE_PEERS"))
                        ? Assertions.fail(missing + ", and KEYWANE_REQUIRE_PEERS=1 asks for it")
                        : Assumptions.abort(missing));
    }
}
