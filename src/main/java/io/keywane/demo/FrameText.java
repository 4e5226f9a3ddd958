package io.keywane.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Frames as text. */
final class FrameText {
    private static final int BAR = 48;
    private static final int WIDTH = 79;
    /** There are four gates. */
    private static final int MOST_WAITS = 4;

    private FrameText() {}

    /**
     * The panel of the live display: always as many lines, each short enough not to wrap.
     *
     * @param highest the rate that fills a bar
     */
    static List<String> panel(Frame frame, double highest) {
        List<String> lines = new ArrayList<>(List.of("", line("old key", bar(frame.oldRate(), highest)),
                line("new key", bar(frame.newRate(), highest)), "",
                line("consumers", frame.switched() + " of " + frame.consumers() + " have switched"),
                line("requests", String.format(Locale.ROOT, "%,d, refused %,d", frame.requests(), frame.refused())),
                line("credits", String.format(Locale.ROOT, "%,d", frame.credits())),
                line("time", seconds(frame.elapsed()).strip()), line("rotation", frame.state())));
        for (int i = 0; i < MOST_WAITS; i++) {
            String wait = i < frame.waitsFor().size() ? frame.waitsFor().get(i) : "";
            lines.add(line(i == 0 ? "waits for" : "", i == 0 && wait.isEmpty() ? "nothing" : wait));
        }
        return List.copyOf(lines);
    }

    private static String line(String label, String text) {
        String line = String.format(Locale.ROOT, "  %-10s%s", label, text);
        return line.substring(0, Math.min(line.length(), WIDTH)).stripTrailing();
    }

    /** One line that tells the same. */
    static String line(Frame frame) {
        String waits = frame.waitsFor().isEmpty() ? "" : ", waits for " + String.join("; ", frame.waitsFor());
        return String.format(Locale.ROOT, "%s%s | old key %.1f/s, new key %.1f/s | %d of %d consumers have switched"
                + " | %d requests, %d refused | %d credits", frame.state(), waits, frame.oldRate(), frame.newRate(),
                frame.switched(), frame.consumers(), frame.requests(), frame.refused(), frame.credits());
    }

    /** A time as seconds. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%5.1f s", duration.toMillis() / 1_000.0);
    }

    private static String bar(double rate, double highest) {
        double share = highest > 0 ? Math.clamp(rate / highest, 0, 1) : 0;
        int filled = (int) Math.round(share * BAR);
        return "\u2588".repeat(filled) + "\u00b7".repeat(BAR - filled)
                + String.format(Locale.ROOT, " %5.1f/s", rate);
    }
}
