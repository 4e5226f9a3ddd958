package io.keywane;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.util.List;

/**
 * The Debian package on a bare Debian: installed, configured, started by a real systemd, upgraded in the middle of a
 * rotation, removed and purged, by the commands of docs/install.md and docs/upgrade.md. Each line that
 * src/test/sh/install-checks prints is a test here.
 */
@Execution(ExecutionMode.CONCURRENT)
class InstallIT {
    @TestFactory
    List<DynamicTest> package_onABareDebian_doesWhatItsPagesShow(@TempDir Path folder) throws Exception {
        Box.require();
        Peers.require("mmdebstrap", Peers.onPath("mmdebstrap"));
        Path packages = Packages.built();

        String output = Box.run(folder, List.of(Box.script("install-box").toString(), packages.toString()));

        return Box.tests(Box.script("install-checks"), output);
    }
}
