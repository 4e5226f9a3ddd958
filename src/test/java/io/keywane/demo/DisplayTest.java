package io.keywane.demo;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DisplayTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);

    private static Frame frame(String waitsFor, double oldRate, int switched) {
        return new Frame(Duration.ofSeconds(61), "draining", waitsFor.isEmpty() ? List.of() : List.of(waitsFor),
                oldRate, 10, switched, 5, 1_234, 0, 9_876);
    }

    @Test
    void panel_halfTheRate_fillsHalfTheBar() {
        assertThat(FrameText.panel(frame("quiet: 12s of silence", 5, 2), 10)).contains(
                "  old key   " + "\u2588".repeat(24) + "\u00b7".repeat(24) + "   5.0/s",
                "  new key   " + "\u2588".repeat(48) + "  10.0/s", "  waits for quiet: 12s of silence",
                "  consumers 2 of 5 have switched", "  requests  1,234, refused 0", "  credits   9,876");
    }

    @Test
    void panel_noTrafficYet_hasEmptyBars() {
        assertThat(FrameText.panel(frame("", 0, 0), 0))
                .contains("  old key   " + "\u00b7".repeat(48) + "   0.0/s", "  waits for nothing");
    }

    @Test
    void panel_longWait_neitherWrapsNorGrows() {
        List<String> panel = FrameText.panel(frame("quiet: " + "long ".repeat(30), 5, 2), 10);

        assertThat(panel).hasSameSizeAs(FrameText.panel(frame("", 5, 2), 10))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    @Test
    void plain_onlyNumbersChanged_printsNoSecondLine() {
        PlainDisplay display = new PlainDisplay(out, () -> Instant.EPOCH);

        display.show(frame("quiet: 12s of silence", 5, 2));
        display.show(frame("quiet: 11s of silence", 4, 2));
        display.show(frame("quiet: 11s of silence", 4, 3));

        assertThat(written.toString().lines()).containsExactly(
                "  0.0 s  draining, waits for quiet: 12s of silence | old key 5.0/s, new key 10.0/s"
                        + " | 2 of 5 consumers have switched | 1234 requests, 0 refused | 9876 credits",
                "  0.0 s  draining, waits for quiet: 11s of silence | old key 4.0/s, new key 10.0/s"
                        + " | 3 of 5 consumers have switched | 1234 requests, 0 refused | 9876 credits");
    }

    @Test
    void live_secondFrame_isDrawnOverTheFirst() {
        LiveDisplay display = new LiveDisplay(out);

        display.show(frame("", 5, 2));
        display.show(frame("", 4, 2));

        int lines = FrameText.panel(frame("", 4, 2), 10).size();
        assertThat(written.toString()).containsOnlyOnce("\u001b[" + lines + "A");
    }

    @Test
    void live_said_standsAboveThePanel() {
        LiveDisplay display = new LiveDisplay(out);

        display.show(frame("", 5, 2));
        display.say("old key revoked");

        String after = written.toString().substring(written.toString().indexOf("old key revoked"));
        assertThat(after).contains("  rotation  draining").contains("61.0 s");
    }
}
