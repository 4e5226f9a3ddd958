package io.keywane.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One picture as SVG with a scale on its left, coloured by the style sheet. */
final class Plot {
    static final double WIDTH = 720;
    static final double LEFT = 76;
    static final double TOP = 12;
    static final double HEIGHT = 180;
    private static final double FOOT = 24;

    private final StringBuilder svg = new StringBuilder();
    private final double highest;

    /**
     * Begins one.
     *
     * @param label what it shows, for those who do not see it
     * @param highest the largest value
     */
    Plot(String label, double highest) {
        this.highest = nice(Math.max(1, highest));
        draw(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">", WIDTH,
                TOP + HEIGHT + FOOT,
                Html.escaped(label)));
        for (int i = 0; i <= 4; i++) {
            double value = this.highest * i / 4;
            draw(String.format(Locale.ROOT, "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, WIDTH, y(value),
                    y(value)));
            text(LEFT - 6, y(value) + 4, "end", value < 10 && this.highest < 10
                    ? String.format(Locale.ROOT, "%.1f", value)
                    : Html.whole(Math.round(value)));
        }
    }

    /** The next 1, 2 or 5 with zeros. */
    private static double nice(double value) {
        double ten = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : List.of(1.0, 2.0, 5.0)) {
            if (value <= step * ten) {
                return step * ten;
            }
        }
        return 10 * ten;
    }

    double y(double value) {
        return TOP + HEIGHT * (1 - Math.min(value, highest) / highest);
    }

    /** The place of one of so many columns. */
    static double x(int column, int columns) {
        return LEFT + (WIDTH - LEFT) * column / Math.max(1, columns - 1);
    }

    /** Adds markup; text in it must be escaped. */
    void draw(String markup) {
        svg.append(markup);
    }

    void text(double x, double y, String anchor, String text) {
        draw(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor,
                Html.escaped(text)));
    }

    /** What is written below both ends of the picture. */
    void ends(String first, String last) {
        text(LEFT, TOP + HEIGHT + 18, "start", first);
        text(WIDTH, TOP + HEIGHT + 18, "end", last);
    }

    /** A line where there is something to see; a gap is a gap, and a value between two of them is a dot. */
    void line(String style, List<Optional<Double>> values) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            boolean drawn = i > 0 && values.get(i - 1).isPresent();
            boolean goesOn = i + 1 < values.size() && values.get(i + 1).isPresent();
            Optional<Double> value = values.get(i);
            if (value.isPresent()) {
                path.append(String.format(Locale.ROOT, "%s%.1f,%.1f ", drawn ? "L" : "M", x(i, values.size()),
                        y(value.get())));
                path.append(drawn || goesOn ? "" : "h0.1 ");
            }
        }
        draw(String.format(Locale.ROOT, "<path class=\"%s\" d=\"%s\"/>", style, path));
    }

    /** A mark at a share of the width, with a word to its right, or to its left near the end. */
    void mark(double share, String word) {
        double at = LEFT + (WIDTH - LEFT) * Math.clamp(share, 0, 1);
        draw(String.format(Locale.ROOT, "<line class=\"onset\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", at,
                at, TOP, TOP + HEIGHT));
        text(share < 0.8 ? at + 4 : at - 4, TOP + 10, share < 0.8 ? "start" : "end", word);
    }

    String end() {
        return svg.append("</svg>\n").toString();
    }

    /** A coloured square with what it stands for. */
    static String legend(String style, String meaning) {
        return "<span><svg class=\"dot\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"" + style
                + "\" width=\"10\" height=\"10\"/></svg>" + Html.escaped(meaning) + "</span>";
    }
}
