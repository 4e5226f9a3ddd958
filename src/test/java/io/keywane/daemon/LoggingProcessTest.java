package io.keywane.daemon;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** In processes of their own: what really comes out of the standard error. */
class LoggingProcessTest {
    private static final String CANARY = "ProcessCanary-0123456789-abcdefghij";

    @Test
    void configured_everyRoadToTheLog_isMasked() throws Exception {
        String said = run("configured");
        assertThat(said).contains("by slf4j", "by java.util.logging", "ended by an exception", "last words",
                LiveKeyMask.MASK);
        assertThat(said).doesNotContain("ProcessC", "0123456789", "abcdefgh", "quiet please");
    }

    @Test
    void unconfigured_onlyWarningsAsMaskedText() throws Exception {
        String said = run("unconfigured");
        assertThat(said).contains("WARN").contains(LiveKeyMask.MASK).doesNotContain("0123456789", "news");
    }

    private static String run(String mode) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Djdk.httpclient.HttpClient.log=all", "-cp",
                System.getProperty("java.class.path"), Child.class.getName(), mode).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** The child's main class. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws InterruptedException {
            Logging.liveKeys().register(Fixtures.material(CANARY));
            if (args[0].equals("configured")) {
                configured();
                return;
            }
            LoggerFactory.getLogger(Child.class).info("news {}", CANARY);
            LoggerFactory.getLogger(Child.class).warn("odd {}", CANARY);
        }

        private static void configured() throws InterruptedException {
            Logging.configure("text", "info");
            LoggerFactory.getLogger(Child.class).info("by slf4j {}", CANARY);
            java.util.logging.Logger.getLogger("some.library").warning("by java.util.logging " + CANARY);
            System.getLogger("jdk.httpclient.HttpClient").log(System.Logger.Level.ERROR, "quiet please " + CANARY);
            Thread failing = Thread.ofPlatform().start(() -> {
                throw new IllegalStateException(CANARY);
            });
            failing.join();
            LoggerFactory.getLogger(Child.class).info("last words");
            Logging.stop();
        }
    }
}
