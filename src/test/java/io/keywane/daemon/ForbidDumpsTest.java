package io.keywane.daemon;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** In a process of its own: the setting lasts as long as the process, and JaCoCo and debuggers would miss it here. */
class ForbidDumpsTest {
    @Test
    void forbidDumps_called_makesTheProcessUndumpable() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Child.class.getName()).redirectError(Redirect.INHERIT).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("true false");
    }

    /** The child's main class. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            boolean before = LinuxNative.isDumpable();
            LinuxNative.forbidDumps();
            System.out.println(before + " " + LinuxNative.isDumpable());
        }
    }
}
