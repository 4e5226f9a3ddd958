package io.keywane.demo;

import java.time.Instant;
import java.util.List;

/** Summaries for tests. */
final class Summaries {
    private static final Instant BEGUN = Instant.parse("2026-03-01T12:00:00.250Z");

    private Summaries() {}

    /** A rotation whose old key was last used 52 seconds after the demonstration began. */
    static Timeline timeline(long flaggedAfterSeconds) {
        return new Timeline(BEGUN, at(5), at(30), at(34), at(52), at(flaggedAfterSeconds), at(80));
    }

    static DemoSummary of(long requests, long refused, long flaggedAfterSeconds) {
        return of(requests, refused, flaggedAfterSeconds, 2);
    }

    static DemoSummary of(long requests, long refused, long flaggedAfterSeconds, long oldKeyRefusals) {
        List<DemoSummary.Gate> evidence = List
                .of(new DemoSummary.Gate("quiet", true, false, "nobody used it for 30s",
                        "general: silent since 12:00:53"));
        return DemoSummary.of(new DemoSummary.Consumers(5, requests, refused, requests), "flagged",
                timeline(flaggedAfterSeconds), oldKeyRefusals, evidence, DemoSummary.Wallet.of(1_000, 600));
    }

    private static Instant at(long seconds) {
        return BEGUN.plusSeconds(seconds);
    }
}
