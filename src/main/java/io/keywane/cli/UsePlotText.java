package io.keywane.cli;

import io.keywane.control.AlertDetail;
import io.keywane.control.AlertList;
import io.keywane.control.FindingList;
import io.keywane.control.UseSeriesTable;
import io.keywane.control.UseSeriesTable.Incident;
import io.keywane.control.UseSeriesTable.Point;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A key's series drawn with letters: bars for use, shade for what is usual, a mark at each onset. */
final class UsePlotText {
    private static final int WIDTH = 72;
    private static final int HEIGHT = 10;
    private static final String EIGHTHS = " ▁▂▃▄▅▆▇█";

    private UsePlotText() {}

    /** Some steps as one column: the most that was seen, and the widest that was usual. */
    private record Column(Instant from, Instant to, Optional<Double> requests, double low, double high) {}

    static List<String> detail(AlertDetail detail, Style style) {
        List<String> lines = new ArrayList<>();
        detail.alert()
                .ifPresent(alert -> lines.addAll(WatchText.alerts(new AlertList(List.of(alert), List.of()), style)));
        detail.incident().ifPresent(incident -> lines.add(incident(incident)));
        detail.use().ifPresent(use -> {
            lines.add("");
            lines.addAll(series(use, style));
        });
        return lines;
    }

    static List<String> series(UseSeriesTable table, Style style) {
        if (table.points().isEmpty()) {
            return List.of("nothing was recorded in that time");
        }
        List<Column> columns = columns(table);
        double top = columns.stream().mapToDouble(c -> Math.max(c.requests().orElse(0.0), c.high())).max().orElse(1);
        double highest = Math.max(1, top);
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(table.key()) + ": requests by others, a step is " + Style.duration(table.step())
                + ", a column is " + Style.duration(Duration.between(columns.getFirst().from(), columns.getFirst()
                        .to())));
        for (int row = HEIGHT - 1; row >= 0; row--) {
            lines.add(row(columns, row, highest));
        }
        lines.add(" ".repeat(9) + "└" + "─".repeat(columns.size()));
        lines.add(" ".repeat(10) + marks(columns, table.incidents()));
        lines.add(" ".repeat(10) + Style.time(table.points().getFirst().from()) + " to "
                + Style.time(columns.getLast().to()) + "  █ use  ░ usual  · not observed  ^ onset");
        table.incidents().forEach(incident -> lines.add(incident(incident)));
        return lines;
    }

    private static List<Column> columns(UseSeriesTable table) {
        List<Point> points = table.points();
        int size = Math.ceilDiv(points.size(), WIDTH);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < points.size(); i += size) {
            List<Point> part = points.subList(i, Math.min(points.size(), i + size));
            columns.add(new Column(part.getFirst().from(), part.getLast().from().plus(table.step()),
                    most(part, Point::requests), least(part), most(part, Point::high).orElse(0.0)));
        }
        return columns;
    }

    private static Optional<Double> most(List<Point> points, Function<Point, Optional<Double>> of) {
        return points.stream().map(of).flatMap(Optional::stream).max(Double::compare);
    }

    private static double least(List<Point> points) {
        Stream<Double> lows = points.stream().map(Point::low).flatMap(Optional::stream);
        return lows.min(Double::compare).orElse(0.0);
    }

    private static String row(List<Column> columns, int row, double top) {
        StringBuilder line = new StringBuilder();
        boolean labelled = row == HEIGHT - 1 || row == HEIGHT / 2 || row == 0;
        line.append(labelled
                ? String.format(Locale.ROOT, "%8.0f ", top * (row == 0 ? 0 : row + 1) / HEIGHT)
                : " ".repeat(9)).append('│');
        columns.forEach(column -> line.append(cell(column, row, top)));
        return line.toString().stripTrailing();
    }

    private static char cell(Column column, int row, double top) {
        if (column.requests().isEmpty()) {
            return row == 0 ? '·' : ' ';
        }
        double filled = column.requests().get() / top * HEIGHT - row;
        int eighths = (int) Math.clamp(Math.ceil(filled * 8), 0, 8);
        if (eighths > 0) {
            return EIGHTHS.charAt(eighths);
        }
        double middle = (row + 0.5) * top / HEIGHT;
        return middle >= column.low() && middle <= column.high() ? '░' : ' ';
    }

    private static String marks(List<Column> columns, List<Incident> incidents) {
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            boolean onset = incidents.stream()
                    .anyMatch(i -> !i.onset().isBefore(column.from()) && i.onset().isBefore(column.to()));
            line.append(onset ? '^' : ' ');
        }
        return line.toString().stripTrailing();
    }

    private static String incident(Incident incident) {
        return String.format(Locale.ROOT,
                "incident %s: %s since %s%s, %.1f a step where %.1f is expected%s, confidence %.0f %%", incident.id(),
                incident.kind(), Style.time(incident.onset()),
                incident.resolved().map(at -> " until " + Style.time(at)).orElse(", not over"), incident.actual(),
                incident.expected(), incident.ratio().map(r -> String.format(Locale.ROOT, " (%.1f times)", r))
                        .orElse(""),
                100 * incident.confidence());
    }

    static List<String> findings(FindingList list, Style style) {
        if (list.findings().isEmpty()) {
            return List.of("nothing was found");
        }
        List<String> lines = new ArrayList<>();
        for (FindingList.Finding finding : list.findings()) {
            lines.add(style.doubtful(finding.kind()) + "  " + style.strong(finding.key()) + " " + finding.sentence());
            lines.add("  next: " + finding.command());
        }
        return lines;
    }
}
