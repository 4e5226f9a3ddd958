package io.keywane.cli;

import io.keywane.control.Report.IncidentPlot;
import io.keywane.control.UseSeriesTable.Point;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Pictures of a report as SVG, coloured by its style sheet. */
final class ReportPlots {
    private static final double WIDTH = 720;
    private static final double LEFT = 76;
    private static final double TOP = 12;
    private static final double HEIGHT = 180;
    private static final double FOOT = 24;
    private static final int STEPS = 300;

    private final StringBuilder svg = new StringBuilder();
    private final double highest;

    private ReportPlots(String label, double highest) {
        this.highest = nice(Math.max(1, highest));
        svg.append(String.format(Locale.ROOT, "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">", WIDTH,
                TOP + HEIGHT + FOOT,
                ReportPage.escaped(label)));
        for (int i = 0; i <= 4; i++) {
            double value = this.highest * i / 4;
            svg.append(String.format(Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH,
                    y(value), y(value)));
            text(LEFT - 6, y(value) + 4, "end", value < 10 && this.highest < 10
                    ? String.format(Locale.ROOT, "%.1f", value)
                    : ReportPage.whole(Math.round(value)));
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

    private double y(double value) {
        return TOP + HEIGHT * (1 - Math.min(value, highest) / highest);
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor,
                ReportPage.escaped(text)));
    }

    private String end() {
        return svg.append("</svg>\n").toString();
    }

    /** A bar for each day, in the colours of the keys. */
    static String credits(CreditShares shares) {
        double highest = shares.days().stream().mapToDouble(CreditShares.Day::consumed).max().orElse(1);
        ReportPlots plot = new ReportPlots("Credits of " + shares.organisation() + " by key and day", highest);
        double width = (WIDTH - LEFT) / Math.max(1, shares.days().size());
        int labelled = Math.max(1, (int) Math.ceil(64 / width));
        for (int i = 0; i < shares.days().size(); i++) {
            CreditShares.Day day = shares.days().get(i);
            plot.bar(shares, day, LEFT + i * width, width);
            if (i % labelled == 0 && LEFT + i * width < WIDTH - 40) {
                plot.text(LEFT + i * width, TOP + HEIGHT + 18, "start", ReportPage.date(day.day()).substring(5));
            }
        }
        return "<figure>" + plot.end() + legend(shares) + "</figure>\n";
    }

    private void bar(CreditShares shares, CreditShares.Day day, double x, double width) {
        double below = 0;
        for (int series = 0; series < day.credits().size(); series++) {
            double credits = day.credits().get(series);
            if (credits >= 0.5) {
                svg.append(String.format(Locale.ROOT,
                        "<rect class=\"s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                                + "<title>%s, %s: %s credits</title></rect>",
                        colour(shares, series), x + width * 0.1,
                        y(below + credits), width * 0.8, y(below) - y(below + credits),
                        ReportPage.escaped(shares.names().get(series)), ReportPage.date(day.day()),
                        ReportPage.whole(Math.round(credits))));
                below += credits;
            }
        }
    }

    private static String colour(CreditShares shares, int series) {
        int last = shares.names().size() - 1;
        if (series == last) {
            return "nobody";
        }
        return series == last - 1 ? "others" : Integer.toString(series);
    }

    private static String legend(CreditShares shares) {
        StringBuilder legend = new StringBuilder("<figcaption>");
        for (int series = 0; series < shares.names().size(); series++) {
            if (shares.isShown(series)) {
                legend.append("<span><svg class=\"dot\" viewBox=\"0 0 10 10\"><rect class=\"s")
                        .append(colour(shares, series)).append("\" width=\"10\" height=\"10\"/></svg>")
                        .append(ReportPage.escaped(shares.names().get(series))).append("</span>");
            }
        }
        return legend.append("</figcaption>").toString();
    }

    /** Use around an incident, what was usual, and the onset. */
    static String incident(IncidentPlot incident) {
        List<Point> points = incident.use().points();
        if (points.size() < 2) {
            return "<p class=\"note\">No history of that time is kept.</p>\n";
        }
        List<List<Point>> columns = columns(points);
        double highest = points.stream().mapToDouble(p -> Math.max(p.requests().orElse(0.0), p.high().orElse(0.0)))
                .max().orElse(1);
        ReportPlots plot = new ReportPlots("Use of " + incident.use().key() + " around the incident", highest);
        plot.band(columns);
        plot.line(columns);
        plot.onset(points, incident.incident().onset());
        plot.text(LEFT, TOP + HEIGHT + 18, "start", ReportPage.time(points.getFirst().from()));
        plot.text(WIDTH, TOP + HEIGHT + 18, "end", ReportPage.time(points.getLast().from()));
        return "<figure>" + plot.end() + "<figcaption><span><svg class=\"dot\" viewBox=\"0 0 10 10\"><rect class=\"s0\""
                + " width=\"10\" height=\"10\"/></svg>requests by others, a step is "
                + Style.duration(incident.use().step())
                + "</span><span><svg class=\"dot\" viewBox=\"0 0 10 10\"><rect class=\"band\" width=\"10\""
                + " height=\"10\"/></svg>usual</span></figcaption></figure>\n";
    }

    private static List<List<Point>> columns(List<Point> points) {
        int each = Math.max(1, (int) Math.ceil((double) points.size() / STEPS));
        return IntStream.iterate(0, i -> i < points.size(), i -> i + each)
                .mapToObj(i -> points.subList(i, Math.min(points.size(), i + each))).toList();
    }

    private static double x(int column, int columns) {
        return LEFT + (WIDTH - LEFT) * column / Math.max(1, columns - 1);
    }

    private void band(List<List<Point>> columns) {
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            double high = columns.get(i).stream().mapToDouble(p -> p.high().orElse(0.0)).max().orElse(0);
            double low = columns.get(i).stream().mapToDouble(p -> p.low().orElse(0.0)).min().orElse(0);
            upper.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i, columns.size()), y(high)));
            lower.insert(0, String.format(Locale.ROOT, "%.1f,%.1f ", x(i, columns.size()), y(low)));
        }
        svg.append("<polygon class=\"band\" points=\"").append(upper).append(lower).append("\"/>");
    }

    /** A line where there was something to see; a gap is a gap. */
    private void line(List<List<Point>> columns) {
        StringBuilder path = new StringBuilder();
        boolean drawn = false;
        for (int i = 0; i < columns.size(); i++) {
            boolean seen = columns.get(i).stream().anyMatch(p -> p.requests().isPresent());
            if (seen) {
                double most = columns.get(i).stream().mapToDouble(p -> p.requests().orElse(0.0)).max().orElse(0);
                path.append(
                        String.format(Locale.ROOT, "%s%.1f,%.1f ", drawn ? "L" : "M", x(i, columns.size()), y(most)));
            }
            drawn = seen;
        }
        svg.append("<path class=\"use\" d=\"").append(path).append("\"/>");
    }

    private void onset(List<Point> points, Instant onset) {
        Instant first = points.getFirst().from();
        double whole = Duration.between(first, points.getLast().from()).toSeconds();
        double share = Math.clamp(Duration.between(first, onset).toSeconds() / whole, 0, 1);
        double at = LEFT + (WIDTH - LEFT) * share;
        svg.append(String.format(Locale.ROOT, "<line class=\"onset\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                at, at, TOP,
                TOP + HEIGHT));
        text(at + 4, TOP + 10, "start", "onset");
    }
}
