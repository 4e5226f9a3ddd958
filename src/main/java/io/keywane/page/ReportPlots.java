package io.keywane.page;

import io.keywane.control.Report.IncidentPlot;
import io.keywane.control.UseSeriesTable.Point;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import static io.keywane.page.Plot.HEIGHT;
import static io.keywane.page.Plot.LEFT;
import static io.keywane.page.Plot.TOP;
import static io.keywane.page.Plot.WIDTH;

/** Pictures of a report. */
final class ReportPlots {
    private static final int STEPS = 300;

    private ReportPlots() {}

    /** A bar for each day, in the colours of the keys. */
    static String credits(CreditShares shares) {
        double highest = shares.days().stream().mapToDouble(CreditShares.Day::consumed).max().orElse(1);
        Plot plot = new Plot("Credits of " + shares.organisation() + " by key and day", highest);
        double width = (WIDTH - LEFT) / Math.max(1, shares.days().size());
        int labelled = Math.max(1, (int) Math.ceil(64 / width));
        for (int i = 0; i < shares.days().size(); i++) {
            CreditShares.Day day = shares.days().get(i);
            bar(plot, shares, day, LEFT + i * width, width);
            if (i % labelled == 0 && LEFT + i * width < WIDTH - 40) {
                plot.text(LEFT + i * width, TOP + HEIGHT + 18, "start", Times.date(day.day()).substring(5));
            }
        }
        return "<figure>" + plot.end() + legend(shares) + "</figure>\n";
    }

    private static void bar(Plot plot, CreditShares shares, CreditShares.Day day, double x, double width) {
        double below = 0;
        for (int series = 0; series < day.credits().size(); series++) {
            double credits = day.credits().get(series);
            if (credits >= 0.5) {
                plot.draw(String.format(Locale.ROOT,
                        "<rect class=\"s%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                                + "<title>%s, %s: %s credits</title></rect>",
                        colour(shares, series), x + width * 0.1,
                        plot.y(below + credits), width * 0.8, plot.y(below) - plot.y(below + credits),
                        Html.escaped(shares.names().get(series)), Times.date(day.day()),
                        Html.whole(Math.round(credits))));
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
                legend.append(Plot.legend("s" + colour(shares, series), shares.names().get(series)));
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
        Plot plot = new Plot("Use of " + incident.use().key() + " around the incident", highest);
        band(plot, columns);
        plot.line("use", columns.stream().map(ReportPlots::most).toList());
        Instant first = points.getFirst().from();
        double whole = Duration.between(first, points.getLast().from()).toSeconds();
        plot.mark(Duration.between(first, incident.incident().onset()).toSeconds() / whole, "onset");
        plot.ends(Times.time(first), Times.time(points.getLast().from()));
        return "<figure>" + plot.end() + "<figcaption>"
                + Plot.legend("s0", "requests by others, a step is " + Times.duration(incident.use().step()))
                + Plot.legend("band", "usual") + "</figcaption></figure>\n";
    }

    private static List<List<Point>> columns(List<Point> points) {
        int each = Math.max(1, (int) Math.ceil((double) points.size() / STEPS));
        return IntStream.iterate(0, i -> i < points.size(), i -> i + each)
                .mapToObj(i -> points.subList(i, Math.min(points.size(), i + each))).toList();
    }

    private static Optional<Double> most(List<Point> column) {
        return column.stream().map(Point::requests).flatMap(Optional::stream).max(Double::compare);
    }

    private static void band(Plot plot, List<List<Point>> columns) {
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            double high = columns.get(i).stream().mapToDouble(p -> p.high().orElse(0.0)).max().orElse(0);
            double low = columns.get(i).stream().mapToDouble(p -> p.low().orElse(0.0)).min().orElse(0);
            double x = Plot.x(i, columns.size());
            upper.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, plot.y(high)));
            lower.insert(0, String.format(Locale.ROOT, "%.1f,%.1f ", x, plot.y(low)));
        }
        plot.draw(String.format(Locale.ROOT, "<polygon class=\"band\" points=\"%s%s\"/>", upper, lower));
    }
}
