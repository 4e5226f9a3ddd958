package io.keywane.cli;

import io.keywane.control.GateStatus;
import io.keywane.control.GroupEvidence;
import io.keywane.control.ProbingStatus;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.TellingStatus;
import io.keywane.control.VersionSummary;
import io.keywane.key.Stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A rotation in text: where it stands, what it waits for, what to type, and which key is to be revoked. */
final class RotationText {
    private static final List<String> EVIDENCE = List.of("VERSION", "STAGE", "GROUP", "OTHERS' USE", "REQUESTS",
            "WINDOW", "SILENT FOR", "LAST SAMPLE", "WHY");

    private static final List<String> PROBING = List.of("VERSION", "GROUP", "NEXT", "EVERY", "WHY THEN");

    private RotationText() {}

    static List<String> status(RotationStatus status, Style style) {
        return lines(status, style, false);
    }

    static List<String> explained(RotationStatus status, Style style) {
        return lines(status, style, true);
    }

    /** One line for one change. */
    static String change(RotationStatus status, Style style) {
        String gates = String.join(", ", status.gates().stream().filter(gate -> !gate.met() && !gate.waived())
                .map(GateStatus::gate).toList());
        return Style.time(style.now()) + "  " + status.rotation().map(r -> headline(status, r, style)).orElse("none")
                + (gates.isEmpty() ? "" : " [missing: " + gates + "]");
    }

    private static List<String> lines(RotationStatus status, Style style, boolean explain) {
        List<String> lines = new ArrayList<>();
        if (status.rotation().isEmpty()) {
            lines.add(style.strong(status.key()) + ": no rotation yet");
        }
        status.rotation().ifPresent(rotation -> rotation(lines, status, rotation, style));
        status.intake().ifPresent(intake -> lines.add("  taken from: " + intake.source() + ": " + intake.sentence()
                + intake.detail().map(detail -> ": " + detail).orElse("")
                + intake.lookedAt().map(at -> " (" + style.age(at) + " ago)").orElse("")));
        status.telling().ifPresent(telling -> lines.add("  consumers: " + telling(telling, style)));
        status.maintenance().ifPresent(text -> lines.add(WatchText.maintenance(text)));
        gates(lines, status.gates(), style);
        status.evidenceFailure()
                .ifPresent(why -> lines.add(style.bad("Not flagged, because its evidence cannot be kept")
                        + ": " + why));
        obstacles(lines, status, style);
        revocation(lines, status, style);
        if (explain) {
            explanation(lines, status, style);
        }
        if (!status.whatToType().isEmpty()) {
            lines.add("What to type");
            status.whatToType().forEach(command -> lines.add("  " + command));
        }
        return lines;
    }

    private static String headline(RotationStatus status, RotationSummary rotation, Style style) {
        return style.strong(status.key()) + ": " + style.strong(rotation.state())
                + (rotation.paused() ? " (paused)" : "") + ", " + rotation.reasonSentence();
    }

    private static void rotation(List<String> lines, RotationStatus status, RotationSummary rotation, Style style) {
        lines.add(headline(status, rotation, style));
        lines.add("  rotation:  " + rotation.id() + ", opened by " + rotation.trigger() + " "
                + style.age(rotation.began()) + " ago; " + rotation.state() + " for " + style.age(rotation.since()));
        rotation.oldVersion().ifPresent(version -> lines.add("  old key:   " + identity(version)));
        rotation.newVersion().ifPresent(version -> lines.add("  new key:   " + identity(version)));
        rotation.approvedBy().ifPresent(who -> lines.add("  approved:  by " + who));
        rotation.promotedAt().ifPresent(at -> lines.add("  promoted:  " + Style.time(at)));
        rotation.publishedAt().ifPresent(at -> lines.add("  published: " + Style.time(at)));
    }

    private static String telling(TellingStatus telling, Style style) {
        if (telling.told()) {
            return "told by " + telling.program() + " " + style.age(telling.at()) + " ago";
        }
        return (telling.vain() == 0 ? style.doubtful("not told yet") : style.bad("not told"))
                + " by " + telling.program()
                + telling.detail().map(detail -> ", which is tried again: " + detail).orElse("")
                + (telling.vain() == 0 ? "" : " (run " + telling.vain() + ", " + style.age(telling.at()) + " ago)");
    }

    private static void gates(List<String> lines, List<GateStatus> gates, Style style) {
        if (gates.isEmpty()) {
            return;
        }
        lines.add("Before the old key is flagged");
        for (GateStatus gate : gates) {
            lines.add("  " + mark(gate, style) + " " + gate.gate() + ": " + gate.required());
            lines.add("         known: " + gate.known());
            gate.missing().ifPresent(missing -> lines.add("         missing: " + missing
                    + gate.earliest().map(at -> "; at the earliest " + Style.time(at)).orElse("")
                    + gate.earliestUnknown().map(why -> "; no time can be given: " + why).orElse("")));
        }
        flag(gates).ifPresent(line -> lines.add("  " + line));
    }

    /** When all gates can be met; empty where none waits. */
    private static Optional<String> flag(List<GateStatus> gates) {
        List<GateStatus> open = gates.stream().filter(gate -> !gate.met() && !gate.waived()).toList();
        Optional<String> unknown = open.stream().filter(gate -> gate.earliest().isEmpty())
                .map(gate -> "earliest flag: not known, because of the gate " + gate.gate()).findFirst();
        return unknown.or(() -> open.stream().flatMap(gate -> gate.earliest().stream()).max(Instant::compareTo)
                .map(at -> "earliest flag: " + Style.time(at)));
    }

    private static void obstacles(List<String> lines, RotationStatus status, Style style) {
        List<String> found = status.probing().stream().flatMap(probing -> probing.obstacleSentence().stream()
                .map(sentence -> "  " + style.doubtful(probing.versionBrief() + " " + probing.group()) + ": "
                        + sentence))
                .toList();
        if (!found.isEmpty()) {
            lines.add("What stands in the way of proving silence");
            lines.addAll(found);
        }
    }

    private static String mark(GateStatus gate, Style style) {
        if (gate.met()) {
            return style.good("[met]   ");
        }
        return gate.waived()
                ? style.doubtful("[waived by " + gate.waivedBy().orElse("unknown") + "]")
                : style.doubtful("[open]  ");
    }

    private static void revocation(List<String> lines, RotationStatus status, Style style) {
        for (VersionSummary version : status.leaving()) {
            if (version.stage() == Stage.FLAGGED) {
                lines.add(style.strong("Revoke in the dashboard (Settings -> API Keys)") + ": " + identity(version));
            } else {
                lines.add("Leaving, not to be revoked yet: " + identity(version) + ", " + KeyText.stage(version)
                        + " since " + Style.time(version.since()));
            }
        }
        Optional<VersionSummary> current = status.leaving().isEmpty() ? Optional.empty() : status.current();
        current.ifPresent(version -> lines.add(style.bad("Must not be revoked") + ": " + identity(version)));
    }

    private static void explanation(List<String> lines, RotationStatus status, Style style) {
        if (!status.evidence().isEmpty()) {
            lines.add("Evidence");
            Tables.of(EVIDENCE, status.evidence().stream().map(evidence -> evidence(evidence, style)).toList())
                    .forEach(line -> lines.add("  " + line));
        }
        if (!status.probing().isEmpty()) {
            lines.add("Next probes");
            Tables.of(PROBING, status.probing().stream().map(RotationText::probing).toList())
                    .forEach(line -> lines.add("  " + line));
        }
        if (!status.assumptions().isEmpty()) {
            lines.add("What no header can show, and is assumed");
            status.assumptions().forEach(assumption -> lines.add("  - " + assumption));
        }
    }

    private static List<String> probing(ProbingStatus probing) {
        return List.of(probing.versionBrief(), probing.group(), Style.time(probing.next()),
                Style.duration(probing.period()), probing.whySentence());
    }

    private static List<String> evidence(GroupEvidence evidence, Style style) {
        String requests = evidence.foreignLo().isEmpty()
                ? "-"
                : evidence.foreignLo().equals(evidence.foreignHi())
                        ? evidence.foreignLo().get().toString()
                        : evidence.foreignLo().get() + "-" + KeyText.number(evidence.foreignHi());
        return List.of(evidence.versionBrief(), evidence.stage().name().toLowerCase(Locale.ROOT), evidence.group(),
                evidence.verdict().replace('_', ' '), requests, evidence.window().map(Style::duration).orElse("-"),
                evidence.silentFor().map(Style::duration).orElse("-"), style.age(evidence.lastSample()),
                evidence.whySentence());
    }

    /** What a person needs to find a key in the dashboard. */
    private static String identity(VersionSummary version) {
        return version.brief() + version.dashboardName().map(name -> " \"" + name + "\"").orElse("")
                + version.publicPrefix().map(prefix -> ", prefix " + prefix).orElse("") + ", taken in "
                + Style.time(version.takenIn());
    }
}
