package io.keywane.daemon;

import io.keywane.Peers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Prometheus' own judgement of a scrape. */
final class Promtool {
    private Promtool() {}

    /** What promtool has to say against a scrape in text form; the calling test is skipped where there is no promtool. */
    static String checkMetrics(byte[] scrape) throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(Peers.require("promtool", Peers.onPath("promtool")).toString(), "check",
                "metrics")
                .redirectErrorStream(true).start();
        try (OutputStream input = promtool.getOutputStream()) {
            input.write(scrape);
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = promtool.waitFor();
        return exit == 0 ? said : said + "\npromtool ended with " + exit;
    }
}
