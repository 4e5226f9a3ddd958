package io.keywane;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The packages of this checkout's jar, built once for all tests into target/package. */
final class Packages {
    private static @Nullable Path built;

    private Packages() {}

    /** The folder; in its folder {@code upgrade} lies the same package under a later version. */
    static synchronized Path built() throws IOException, InterruptedException {
        Peers.require("dpkg-deb", Peers.onPath("dpkg-deb"));
        Peers.require("unzip", Peers.onPath("unzip"));
        Path present = built;
        if (present != null) {
            return present;
        }
        Path folder = Box.HOME.resolve("target/package");
        build(folder, Map.of("TZ", "UTC", "PACKAGE_NEXT", "99.0"));
        built = folder;
        return folder;
    }

    /** Builds once more; two builds at once would be refused. */
    static synchronized void build(Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        // Other tests, which wait for real time, come first.
        run(environment, "nice", Box.HOME.resolve("src/package/build").toString(), folder.toString());
    }

    /** Names of the files in such a folder. */
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The one file there with that ending. */
    static Path file(Path folder, String ending) throws IOException {
        return folder.resolve(files(folder).stream().filter(name -> name.endsWith(ending)).findFirst().orElseThrow());
    }

    /** Runs a command that must succeed, and returns what it wrote. */
    static String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("keywane-package", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("KEYWANE_NO_BUILD", "1");
            builder.environment().put("KEYWANE_JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            process.getOutputStream().close();
            int exit = process.waitFor();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(exit).as(text).isZero();
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
