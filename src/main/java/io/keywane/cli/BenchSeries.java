package io.keywane.cli;

import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One series as a bench reads it: a CSV file whose header names the columns {@code timestamp} and {@code value}. */
record BenchSeries(List<Point> points) {
    BenchSeries {
        points = List.copyOf(points);
    }

    /**
     * One row.
     *
     * @param time its timestamp as it is written, for the results
     * @param at the same as UTC
     * @param value a finite number
     */
    record Point(String time, Instant at, double value) {}

    static BenchSeries read(Path file) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            Rows rows = new Rows(file);
            String line = reader.readLine();
            rows.header(line == null ? "" : line);
            for (line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.row(line);
            }
            return rows.series();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The rows read so far, and where the reader is. */
    private static final class Rows {
        private final Path file;
        private final List<Point> points = new ArrayList<>();
        private int timeColumn;
        private int valueColumn;
        private int lineNumber = 1;

        Rows(Path file) {
            this.file = file;
        }

        void header(String line) {
            List<String> names = Arrays.stream(line.split(",", -1)).map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            timeColumn = names.indexOf("timestamp");
            valueColumn = names.indexOf("value");
            if (timeColumn < 0 || valueColumn < 0) {
                throw wrong("the header must name the columns timestamp and value");
            }
        }

        void row(String line) {
            lineNumber++;
            if (line.isBlank()) {
                return;
            }
            String[] cells = line.split(",", -1);
            if (cells.length <= Math.max(timeColumn, valueColumn)) {
                throw wrong("need " + (Math.max(timeColumn, valueColumn) + 1) + " columns, there are " + cells.length);
            }
            String time = cells[timeColumn].strip();
            points.add(new Point(time, time(time), value(cells[valueColumn].strip())));
        }

        private Instant time(String text) {
            try {
                return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            } catch (DateTimeParseException e) {
                throw wrong("'" + text + "' is no time such as 2026-03-02 00:05:00");
            }
        }

        private double value(String text) {
            try {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // told below, as for a number that is none
            }
            throw wrong("'" + text + "' is no number");
        }

        BenchSeries series() {
            return new BenchSeries(points);
        }

        private ControlException wrong(String what) {
            return new ControlException(ExitCode.USAGE, file + ":" + lineNumber + ": " + what,
                    "a series is a CSV file with the header timestamp,value; see: keywane bench detection --help");
        }
    }
}
