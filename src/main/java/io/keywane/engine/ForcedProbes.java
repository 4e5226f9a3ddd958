package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.RefusedException;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeKind;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Probes that an operator asks for out of turn. They are counted as any other, and the budget holds for them, too. */
final class ForcedProbes {
    private final Schedule schedule;
    private final Prober prober;
    private final HostClock clock;

    ForcedProbes(Schedule schedule, Prober prober, HostClock clock) {
        this.schedule = schedule;
        this.prober = prober;
        this.clock = clock;
    }

    /** Refuses where no own request may be sent now, and says when one may. */
    void require(KeyWatcher watcher, VersionId version, LimiterGroup group) {
        Moment now = clock.now();
        Moment from = schedule.allowedFrom(watcher, version, group, now);
        if (!now.isAtLeastAfter(from, Duration.ZERO)) {
            throw new RefusedException(
                    "no own request of version " + version.brief() + " of " + watcher.name + " in group "
                            + group + " is allowed before " + seconds(from)
                            + ": own requests stay within share_of_limit, leave a "
                            + "reserve to consumers, and wait where the server asked for it",
                    "repeat then, or raise probing.budget.share_of_limit; nothing was sent");
        }
    }

    void probeIfAffordable(KeyWatcher watcher, VersionId version, LimiterGroup group) {
        Moment now = clock.now();
        if (now.isAtLeastAfter(schedule.allowedFrom(watcher, version, group, now), Duration.ZERO)) {
            prober.probe(watcher, version, group, ProbeKind.LIVENESS);
        }
    }

    /** A hint to wait for the budget, where that is needed. */
    String wait(KeyWatcher watcher, VersionId version, LimiterGroup group) {
        Moment now = clock.now();
        Moment from = schedule.allowedFrom(watcher, version, group, now);
        return now.isAtLeastAfter(from, Duration.ZERO)
                ? ""
                : " after " + seconds(from) + ", when the probe budget has room";
    }

    private static String seconds(Moment moment) {
        return moment.wall().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1).toString();
    }
}
