package io.keywane.usage.sim;

import io.keywane.usage.OwnRequest;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;
import org.jspecify.annotations.Nullable;

/** One step of a played scenario in words. */
final class Trace {
    private Trace() {}

    static String line(
            Scenario scenario,
            Watch watch,
            OwnRequest entry,
            @Nullable Answer answer,
            UsagePoint point,
            double received) {
        String came = answer == null
                ? "no answer"
                : String.format("%d, %d of %d left, reset %+.0f, others %d", answer.status(), answer.remaining(),
                        answer.limit(), answer.hasLimits() ? answer.reset() - answer.date() : 0,
                        answer.shownForeign());
        String claim = watch.account.silence().map(Trace::span).orElse("");
        return String.format("%9.2f %9.2f  %-8s %-5s %-48s %-12s %-8s %s %s", watch.sent, received, watch.group,
                entry.id(), came, point.verdict(), point.foreign(), point.why().word(), claim);
    }

    private static String span(SilentSpan span) {
        return String.format("silent %.0f s, %s %.2f to %.2f", span.length().toNanos() / 1e9, span.from().boot(),
                span.from().sinceBoot().toNanos() / 1e9, span.to().sinceBoot().toNanos() / 1e9);
    }
}
