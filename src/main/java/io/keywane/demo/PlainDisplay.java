package io.keywane.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import static java.util.Objects.requireNonNull;

/** Plain lines, each when something has changed. */
final class PlainDisplay implements Display {
    private final PrintWriter out;
    private final InstantSource clock;
    private final Instant begun;
    private String shown = "";

    PlainDisplay(PrintWriter out, InstantSource clock) {
        this.out = requireNonNull(out, "out is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.begun = clock.instant();
    }

    @Override
    public void say(String line) {
        print(line);
    }

    /** Only what a person would call a change: rates and counts always change. */
    @Override
    public void show(Frame frame) {
        String essence = frame.state() + "/" + frame.switched() + "/"
                + String.join("/", frame.waitsFor()).replaceAll("[0-9]+", "#");
        if (!essence.equals(shown)) {
            shown = essence;
            print(FrameText.line(frame));
        }
    }

    private void print(String line) {
        out.println(FrameText.seconds(Duration.between(begun, clock.instant())) + "  " + line);
        out.flush();
    }
}
