package io.keywane.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The summary for people. */
final class SummaryText {
    private SummaryText() {}

    static List<String> lines(DemoSummary summary) {
        List<String> lines = new ArrayList<>(List.of("", verdict(summary)));
        lines.add(String.format(Locale.ROOT,
                "%d consumers made %,d requests, of which %,d were refused. It cost %,d credits,"
                        + " probes included.",
                summary.consumers().count(), summary.consumers().requests(),
                summary.consumers().refused(), summary.wallet().spent()));
        lines.add("");
        lines.addAll(phases(summary.phases()));
        lines.addAll(List.of("",
                "Last use of the old key, as the API saw it: " + time(summary.rotation().oldKeyLastUse()),
                "Old key flagged for revocation:             " + time(summary.rotation().flaggedAt()),
                "Its refusal confirmed:                      " + time(summary.rotation().confirmedRevokedAt()), "",
                "It was flagged on this evidence:"));
        summary.rotation().evidence().forEach(gate -> lines.add(gate(gate)));
        return List.copyOf(lines);
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String verdict(DemoSummary summary) {
        return summary.failure().map(failure -> "FAILED: " + failure + ".")
                .orElse("The key was rotated without a refused request.");
    }

    private static List<String> phases(Timeline.Phases phases) {
        return List.of(phase(phases.start(), "start of sandbox, daemon and consumers"),
                phase(phases.baseline(), "ordinary use of the old key"),
                phase(phases.verification(), "new key supplied, verified and promoted"),
                phase(phases.switchover(), "consumers switched, one after another"),
                phase(phases.drain(), "silence of the old key, until it was proven"),
                phase(phases.revocation(), "revoked in the dashboard, refusal confirmed"));
    }

    private static String phase(Duration duration, String what) {
        return "  " + FrameText.seconds(duration) + "  " + what;
    }

    private static String gate(DemoSummary.Gate gate) {
        String how = gate.met() ? gate.known() : gate.waived() ? "waived" : "not met: " + gate.known();
        return String.format(Locale.ROOT, "  %-12s%s%n  %-12s%s", gate.gate(), gate.required(), "", how);
    }
}
