package io.keywane.cli;

import io.keywane.control.CalibrationStatus;
import io.keywane.control.WindowStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Known windows and their calibration in text. */
final class CalibrationText {
    private static final List<String> WINDOWS = List.of("GROUP", "LIMIT", "WINDOW", "KIND", "TOLERANCE", "REMAINING",
            "RESET", "KNOWN", "CONTRADICTED");

    private CalibrationText() {}

    /** Everything. */
    static List<String> lines(CalibrationStatus status, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(status.key()) + ": "
                + (status.running() ? progress(status) : "no calibration is under way"));
        for (CalibrationStatus.Group group : status.groups()) {
            group.resultSentence().ifPresent(sentence -> lines.add("  " + group.group() + ": " + sentence
                    + group.ended().map(at -> " (" + Style.time(at) + ")").orElse("") + "; another key's load: "
                    + (group.apart().equals("yes") ? "moves nothing" : "not looked at") + "; 404 counts: "
                    + group.countsMissing()));
            group.advice().filter(advice -> !advice.startsWith("nothing to do"))
                    .ifPresent(advice -> lines.add("    " + advice));
        }
        lines.add("");
        lines.addAll(windows(status.windows()));
        return lines;
    }

    /** One line. */
    static String progress(CalibrationStatus status) {
        return "calibrates on version " + status.versionBrief().orElse("-") + ", " + status.requests()
                + " requests so far: " + status.groups().stream().map(CalibrationText::progress)
                        .collect(Collectors.joining(", "));
    }

    private static String progress(CalibrationStatus.Group group) {
        return group.group() + " " + group.result().orElse(group.rounds() + " rounds done");
    }

    static List<String> windows(List<WindowStatus> windows) {
        if (windows.isEmpty()) {
            return List.of("no window is known: no silence can be proved");
        }
        return Tables.of(WINDOWS, windows.stream().map(CalibrationText::row).toList());
    }

    private static List<String> row(WindowStatus window) {
        String known = window.origin() + window.since().map(at -> " " + Style.time(at)).orElse("")
                + (window.declarationRefuted() ? " (declared otherwise)" : "");
        String contradicted = window.contradictions() == 0
                ? "-"
                : window.contradictions() + (window.discredited() ? " (claims nothing)" : "");
        return List.of(window.group(), Long.toString(window.limit()), window.length().toSeconds() + "s", window.kind(),
                window.tolerance().toMillis() / 1e3 + "s",
                window.countsAnswered() ? "counts the answered" : "does not count it", window.reset(), known,
                contradicted);
    }
}
