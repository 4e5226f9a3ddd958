package io.keywane.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own judgement of a scrape. */
final class Promtool {
    private Promtool() {}

    /** What promtool has to say against a scrape in text form; the calling test is skipped where there is no promtool. */
    static String checkMetrics(byte[] scrape) throws IOException, InterruptedException {
        Process promtool = start();
        try (OutputStream input = promtool.getOutputStream()) {
            input.write(scrape);
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = promtool.waitFor();
        return exit == 0 ? said : said + "\npromtool ended with " + exit;
    }

    private static Process start() {
        try {
            return new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
        } catch (IOException e) {
            if ("1".equals(System.getenv("KEYWANE_REQUIRE_PEERS"))) {
                return Assertions.fail("promtool is required (KEYWANE_REQUIRE_PEERS=1) and missing", e);
            }
            return Assumptions.abort("promtool is not installed (Debian: apt install prometheus)");
        }
    }
}
