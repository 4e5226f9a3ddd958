package io.keywane.demo;

import java.io.PrintWriter;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** A panel at the end of a terminal, drawn again each time; what is said scrolls by above it. */
final class LiveDisplay implements Display {
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String CLEAR_LINE_END = "\u001b[K";

    private final PrintWriter out;
    private List<String> panel = List.of();
    private double highest;

    LiveDisplay(PrintWriter out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void say(String line) {
        toTop();
        out.print(CLEAR_BELOW);
        out.println(line);
        draw();
    }

    @Override
    public void show(Frame frame) {
        highest = Math.max(highest, Math.max(frame.oldRate(), frame.newRate()));
        toTop();
        panel = FrameText.panel(frame, highest);
        draw();
    }

    private void toTop() {
        if (!panel.isEmpty()) {
            out.print("\u001b[" + panel.size() + "A\r");
        }
    }

    private void draw() {
        panel.forEach(line -> out.println(line + CLEAR_LINE_END));
        out.flush();
    }
}
