package io.keywane.cli;

import io.keywane.control.AlertList;
import io.keywane.control.AuditLines;
import io.keywane.control.AuditVerification;
import io.keywane.control.DoctorReport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Alerts, audit and the doctor's findings in text. */
final class WatchText {
    private WatchText() {}

    static List<String> alerts(AlertList list, Style style) {
        List<String> lines = new ArrayList<>();
        if (list.alerts().isEmpty()) {
            lines.add("no alert fires");
        }
        for (AlertList.Alert alert : list.alerts()) {
            String severity = alert.severity().equals("critical")
                    ? style.bad(alert.severity())
                    : style.doubtful(alert.severity());
            lines.add(severity + "  " + style.strong(alert.name()) + "  "
                    + alert.key().or(alert::organisation).orElse("-") + "  for " + style.age(alert.since()) + "  "
                    + alert.id());
            lines.add("  " + alert.summary());
            alert.acknowledged().ifPresent(by -> lines.add("  acknowledged by " + by));
            lines.add("  next: " + alert.command());
        }
        list.maintenance().forEach(lasting -> lines.add(lasting.key() + ": " + maintenance(lasting.announced())));
        return lines;
    }

    /** What somebody announced of a key. */
    static String maintenance(String announced) {
        return "maintenance (no alert of its use): " + announced;
    }

    static List<String> audit(AuditLines lines, Style style) {
        return lines.lines().stream().map(WatchText::audit).toList();
    }

    static List<String> verification(AuditVerification verification, Style style) {
        String checked = verification.lines() + " lines checked";
        if (verification.intact()) {
            return List.of(style.good("the chain holds") + ": " + checked
                    + verification.head().map(hash -> ", head " + hash).orElse(""));
        }
        return List.of(style.bad("the chain is broken") + verification.firstBroken()
                .map(sequence -> " at line " + sequence).orElse("") + ": " + checked);
    }

    static List<String> doctor(DoctorReport report, Style style) {
        List<String> lines = new ArrayList<>();
        for (DoctorReport.Check check : report.checks()) {
            lines.add(level(check.level(), style) + " " + check.name() + ": " + check.message());
            check.wayOut().ifPresent(way -> lines.add("          " + way));
        }
        return lines;
    }

    private static String level(DoctorReport.Level level, Style style) {
        return switch (level) {
            case OK -> style.good("[ok]     ");
            case UNKNOWN -> style.doubtful("[unknown]");
            case WARNING -> style.doubtful("[warning]");
            case PROBLEM -> style.bad("[problem]");
        };
    }

    private static String audit(AuditLines.Line line) {
        Map<String, String> more = new TreeMap<>(line.details());
        Optional<String> request = line.requestId();
        request.ifPresent(id -> more.put("request_id", id));
        String details = more.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
        return "%d  %s  %s  %s  %s  \"%s\"  %s".formatted(line.sequence(), Style.time(line.at()), line.actor(),
                line.action(), line.key().orElse("-"), line.reason(), details).stripTrailing();
    }
}
