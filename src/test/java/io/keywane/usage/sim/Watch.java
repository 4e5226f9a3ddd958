package io.keywane.usage.sim;

import io.keywane.key.Moment;
import io.keywane.rotation.GroupEvidence;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbePlan;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WindowLookup;
import io.keywane.usage.WindowModel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** What Keywane sees of one group: the account, and when it probes next. It decides as the engine does. */
final class Watch {
    private static final Duration INTERVAL = Duration.ofSeconds(60);

    final LimiterGroup group;
    final GroupServer server;
    final GroupAccount account;
    private final WindowLookup windows;
    private final ProbePlan plan;
    private @Nullable WindowModel shown;
    /** When the next probe is due, in seconds of the scenario. */
    double next;
    /** When the latest probe was sent. */
    double sent = Double.NEGATIVE_INFINITY;
    @Nullable
    Answer lastAnswer;

    Watch(GroupPlan plan, GroupServer server, double phase) {
        group = new LimiterGroup(plan.name());
        this.server = server;
        windows = Knowing.of(plan);
        account = new GroupAccount(FlagGate.OLD, group, windows);
        this.plan = new ProbePlan(INTERVAL, phase);
        next = phase * period().toNanos() / 1e9;
    }

    Duration period() {
        return plan.period(true, Optional.ofNullable(shown));
    }

    void open(OwnRequest entry, double time) {
        account.enter(entry);
        sent = time;
    }

    UsagePoint take(OwnRequest settled, Sample sample, double tick) {
        account.enter(settled);
        sample.headers().rateLimit().flatMap(reading -> windows.find(reading.limit()))
                .ifPresent(known -> shown = known.model());
        UsagePoint point = account.observe(sample);
        next = sent + period().toNanos() / 1e9 + tick;
        return point;
    }

    GroupEvidence evidence(Moment now) {
        Optional<UsagePoint> latest = account.latest();
        Duration lately = period().multipliedBy(2).plusSeconds(2);
        boolean fresh = latest.filter(point -> !now.isAtLeastAfter(point.at(), lately)).isPresent();
        return new GroupEvidence(group, account.silence(), latest, fresh);
    }
}
