package io.keywane.cli;

import io.keywane.control.ProbeResult;
import io.keywane.control.ProbeSample;

import java.util.List;

/** Probes just sent, one line each. */
final class ProbeText {
    private static final List<String> HEADER = List.of("VERSION", "GROUP", "KIND", "OUTCOME", "STATUS", "LIMIT",
            "REMAINING", "BALANCE", "COST", "TOOK");

    private ProbeText() {}

    static List<String> lines(ProbeResult result, Style style) {
        if (result.samples().isEmpty()) {
            return List.of(result.key() + " has no version to probe");
        }
        return Tables.of(HEADER, result.samples().stream().map(ProbeText::row).toList());
    }

    private static List<String> row(ProbeSample sample) {
        String outcome = sample.outcome() + sample.failure().map(failure -> " (" + failure + ")").orElse("");
        return List.of(sample.versionBrief(), sample.group(), sample.kind(), outcome,
                sample.status().map(String::valueOf).orElse("-"), KeyText.number(sample.limit()),
                KeyText.number(sample.remaining()), KeyText.number(sample.balance()), KeyText.number(sample.deducted()),
                sample.duration().toMillis() + "ms");
    }
}
