package io.keywane;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The packages, built twice from this checkout's jar in different surroundings. */
class PackageIT {
    private static final Path HOME = Path.of(System.getProperty("keywane.home", "")).toAbsolutePath();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void build() throws Exception {
        Peers.require("dpkg-deb", Peers.onPath("dpkg-deb"));
        Peers.require("unzip", Peers.onPath("unzip"));
        build("first", Map.of("TZ", "UTC"));
        build("second", Map.of("TZ", "Asia/Tokyo", "LC_ALL", "C.UTF-8", "PATH", narrowPath()));
    }

    @Test
    void build_sameSourcesElsewhere_givesTheSameBytes() throws IOException {
        List<Path> first = files("first");

        assertThat(first).extracting(Path::toString).anyMatch(name -> name.endsWith(".deb"))
                .anyMatch(name -> name.endsWith(".tar.gz")).contains("SHA256SUMS");
        assertThat(files("second")).isEqualTo(first);
        for (Path file : first) {
            assertThat(Files.mismatch(folder.resolve("first").resolve(file), folder.resolve("second").resolve(file)))
                    .as(file.toString()).isEqualTo(-1);
        }
    }

    @Test
    void debianPackage_lintian_findsNothing() throws Exception {
        Path lintian = Peers.require("lintian", Peers.onPath("lintian"));

        assertThat(run(Map.of(), lintian.toString(), "--allow-root", "--fail-on", "error,warning", deb()))
                .isEqualTo("");
    }

    @Test
    void debianPackage_unpackedElsewhere_runsWithItsOwnRuntimeAndArchive() throws Exception {
        run(Map.of(), "dpkg-deb", "--extract", deb(), folder.resolve("root").toString());
        Path usr = folder.resolve("root/usr");

        Path lib = usr.resolve("lib/keywane");
        run(Map.of(), lib.resolve("runtime/bin/java").toString(), "-XX:SharedArchiveFile=" + lib.resolve("keywane.jsa"),
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-Xlog:class+load:file=" + folder.resolve("classes.log"), "-jar",
                lib.resolve("keywane.jar").toString(), "--version");

        assertThat(run(Map.of(), usr.resolve("bin/keywane").toString(), "--version")).startsWith("keywane ");
        List<String> own = Files.readAllLines(folder.resolve("classes.log")).stream()
                .filter(line -> line.contains(" io.keywane.") && !line.contains("$$Lambda")).toList();
        long archived = own.stream().filter(line -> line.contains("shared objects file")).count();
        assertThat(archived).as("src/package/classes has drifted: run src/package/train").isGreaterThan(0)
                .isGreaterThanOrEqualTo(own.size() * 8L / 10);
        assertThat(usr.resolve("share/man/man1/keywane-rotation-start.1.gz")).exists();
        assertThat(usr.resolve("share/zsh/vendor-completions/_keywane")).content().startsWith("#compdef keywane\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usr.resolve("bin/keywane"))))
                .isEqualTo("rwxr-xr-x");
    }

    private static String deb() throws IOException {
        return files("first").stream().filter(file -> file.toString().endsWith(".deb"))
                .map(file -> folder.resolve("first").resolve(file).toString()).findFirst().orElseThrow();
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(Path::getFileName).sorted().toList();
        }
    }

    private static String narrowPath() {
        return "/usr/bin:/bin";
    }

    private static void build(String name, Map<String, String> environment) throws Exception {
        run(environment, HOME.resolve("src/package/build").toString(), folder.resolve(name).toString());
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("KEYWANE_NO_BUILD", "1");
        builder.environment().put("KEYWANE_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        int exit = process.waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(exit).as(text).isZero();
        return text;
    }
}
