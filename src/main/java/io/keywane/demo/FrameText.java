package io.keywane.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Frames as text. */
final class FrameText {
    private static final int BAR = 48;

    private FrameText() {}

    /**
     * The panel of the live display.
     *
     * @param highest the rate that fills a bar
     */
    static List<String> panel(Frame frame, double highest) {
        return List.of("", "  old key   " + bar(frame.oldRate(), highest),
                "  new key   " + bar(frame.newRate(), highest),
                "",
                "  rotation  " + frame.state(),
                "  waits for " + (frame.waitsFor().isEmpty() ? "nothing" : frame.waitsFor()),
                "  consumers " + frame.switched() + " of " + frame.consumers() + " have switched",
                String.format(Locale.ROOT, "  requests  %,d, refused %,d", frame.requests(), frame.refused()),
                String.format(Locale.ROOT, "  credits   %,d", frame.credits()),
                "  time      " + seconds(frame.elapsed()));
    }

    /** One line that tells the same. */
    static String line(Frame frame) {
        String waits = frame.waitsFor().isEmpty() ? "" : ", waits for " + frame.waitsFor();
        return String.format(Locale.ROOT,
                "%s%s; old key %.1f/s, new key %.1f/s; %d of %d consumers have switched; %d requests, %d refused;"
                        + " %d credits",
                frame.state(), waits, frame.oldRate(), frame.newRate(), frame.switched(), frame.consumers(),
                frame.requests(), frame.refused(), frame.credits());
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
