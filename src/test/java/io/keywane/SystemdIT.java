package io.keywane;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shipped unit, run by a real systemd as PID 1 of a throw-away box: started, reloaded, killed, hung, stopped, and given
 * a bad configuration. Each line that src/test/sh/unit-checks prints is a test here.
 */
class SystemdIT {
    private static final Path CHECKS = Box.script("unit-checks");

    @TestFactory
    List<DynamicTest> unit_underARealSystemd_doesWhatItPromises(@TempDir Path folder) throws Exception {
        Box.require();

        return Box.tests(CHECKS, Box.run(folder, box(folder)));
    }

    private static List<String> box(Path folder) throws IOException {
        Path defaults = Files.writeString(folder.resolve("defaults"),
                "KEYWANE_NO_BUILD=1\nKEYWANE_JAVA_HOME=" + System.getProperty("java.home") + "\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/usr/lib/keywane/keywane"));
        List<String> command = new ArrayList<>(List.of(Box.script("systemd-box").toString(), CHECKS.toString()));
        Stream.of(defaults + ":/etc/default/keywane", link + ":/usr/bin/keywane",
                file("keywane", "/usr/lib/keywane/keywane"),
                file("src/package/java-options", "/usr/lib/keywane/src/package/java-options"),
                file("target/keywane.jar", "/usr/lib/keywane/target/keywane.jar"),
                file("target/lib", "/usr/lib/keywane/target/lib"),
                file("systemd/keywane.service", "/etc/systemd/system/keywane.service"),
                file("systemd/keywane-reload@.path", "/etc/systemd/system/keywane-reload@.path"),
                file("systemd/keywane-reload@.service", "/etc/systemd/system/keywane-reload@.service"),
                file("systemd/keywane.sysusers.conf", "/usr/lib/sysusers.d/keywane.conf"),
                file("systemd/keywane.tmpfiles.conf", "/usr/lib/tmpfiles.d/keywane.conf"),
                file("src/test/sh/checks", "/root/checks"), fixture("good.yaml"), fixture("second.yaml"),
                fixture("bad.yaml")).forEach(command::add);
        return command;
    }

    private static String fixture(String name) {
        return file("src/test/resources/systemd/" + name, "/root/" + name);
    }

    private static String file(String path, String inTheBox) {
        return Box.HOME.resolve(path) + ":" + inTheBox;
    }
}
