package io.keywane;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Programs of others that a test compares us with. One that is absent skips its test with a printed reason; where
 * {@code KEYWANE_REQUIRE_PEERS=1} (as in CI) it fails the test instead, so that no check is lost unnoticed.
 */
public final class Peers {
    private static final String REQUIRED = "KEYWANE_REQUIRE_PEERS";

    private Peers() {}

    /** The peer's path, or the end of the test: skipped or failed. */
    public static Path require(String name, Optional<Path> found) {
        return require(name, found, "1".equals(System.getenv(REQUIRED)));
    }

    /** A program of that name on PATH. */
    public static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(File.pathSeparator, -1)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }

    /** A Python that can import a module: {@code KEYWANE_PYTHON}, or the checkout's own environment. */
    public static Optional<Path> pythonWith(String module) {
        return Stream.of(Optional.ofNullable(System.getenv("KEYWANE_PYTHON")),
                Optional.ofNullable(System.getProperty("keywane.home")).map(home -> home + "/.venv/bin/python"))
                .flatMap(Optional::stream).map(Path::of).filter(Files::isExecutable)
                .filter(python -> canImport(python, module)).findFirst();
    }

    private static boolean canImport(Path python, String module) {
        try {
            Process process = new ProcessBuilder(python.toString(), "-c", "import " + module).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static Path require(String name, Optional<Path> found, boolean required) {
        if (found.isPresent()) {
            return found.get();
        }
        String reason = "the peer " + name + " is not on this machine";
        if (required) {
            return fail(reason + ", and " + REQUIRED + "=1 asks for it");
        }
        System.out.println("SKIPPED: " + reason + " (" + REQUIRED + "=1 makes this a failure)");
        return abort(reason);
    }
}
