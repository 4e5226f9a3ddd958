package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The packages as files: their bytes, what lintian finds, and that they run where they were not built. */
@Execution(ExecutionMode.CONCURRENT)
class PackageIT {
    @TempDir
    private static Path folder;

    @Test
    void build_sameSourcesElsewhere_givesTheSameBytes() throws Exception {
        Path first = Packages.built();
        Path second = folder.resolve("second");
        Packages.build(second, Map.of("TZ", "Asia/Tokyo", "LC_ALL", "C.UTF-8", "PATH", "/usr/bin:/bin"));

        List<String> files = Packages.files(first);
        assertThat(files).anyMatch(name -> name.endsWith(".deb")).anyMatch(name -> name.endsWith(".tar.gz"))
                .contains("SHA256SUMS");
        assertThat(Packages.files(second)).isEqualTo(files);
        for (String file : files) {
            assertThat(Files.mismatch(first.resolve(file), second.resolve(file))).as(file).isEqualTo(-1);
        }
    }

    @Test
    void debianPackage_lintian_findsNothing() throws Exception {
        Path lintian = Peers.require("lintian", Peers.onPath("lintian"));

        assertThat(Packages.run(Map.of(), lintian.toString(), "--allow-root", "--fail-on", "error,warning", deb()))
                .isEqualTo("");
    }

    @Test
    void debianPackage_unpackedElsewhere_runsWithItsOwnRuntimeAndArchive() throws Exception {
        Packages.run(Map.of(), "dpkg-deb", "--extract", deb(), folder.resolve("root").toString());
        Path usr = folder.resolve("root/usr");
        Path lib = usr.resolve("lib/keywane");
        Path classes = folder.resolve("classes.log");

        Packages.run(Map.of(), "sh", "-c",
                ". $0/java-options; exec $0/runtime/bin/java -XX:SharedArchiveFile=$0/keywane.jsa "
                        + "$java_options -Xlog:class+load:file=" + classes + " -jar $0/keywane.jar \"$@\"",
                lib.toString(),
                "--version");

        assertThat(Packages.run(Map.of(), usr.resolve("bin/keywane").toString(), "--version")).startsWith("keywane ");
        List<String> own = Files.readAllLines(classes).stream()
                .filter(line -> line.contains(" io.keywane.") && !line.contains("$$Lambda")).toList();
        long archived = own.stream().filter(line -> line.contains("shared objects file")).count();
        assertThat(archived).as("src/package/classes has drifted: run src/package/train").isGreaterThan(0)
                .isGreaterThanOrEqualTo(own.size() * 8L / 10);
        assertThat(lib.resolve("runtime/bin")).isDirectoryNotContaining("glob:**/javac");
        assertThat(usr.resolve("share/man/man1/keywane-rotation-start.1.gz")).exists();
        assertThat(usr.resolve("share/keywane/grafana/keywane-rotation.json")).exists();
        assertThat(usr.resolve("share/zsh/vendor-completions/_keywane")).content().startsWith("#compdef keywane\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usr.resolve("bin/keywane"))))
                .isEqualTo("rwxr-xr-x");
    }

    private static String deb() throws Exception {
        return Packages.file(Packages.built(), ".deb").toString();
    }
}
