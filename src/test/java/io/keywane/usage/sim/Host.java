package io.keywane.usage.sim;

import io.keywane.key.Moment;
import io.keywane.usage.sim.HostPlan.Cause;
import io.keywane.usage.sim.HostPlan.Outage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The clocks of the host that probes, and what they show of the scenario's time. */
final class Host {
    /** The scenario's begin, a whole multiple of a day, so that windows of the server are aligned to its zero. */
    static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final double UPTIME = 100_000;
    private static final double OTHER_UPTIME = 7_000;
    private static final double OTHER_SKEW = 0.4;
    private static final double BOOTING = 20;

    private final HostPlan plan;
    private final List<Boot> boots = new ArrayList<>();
    private Boot present;
    private Boot other;
    private int outages;

    /** One boot of one host; {@code zero} is when its even clock showed nought. */
    private record Boot(String id, double zero, double skew) {}

    Host(HostPlan plan) {
        this.plan = plan;
        present = boot(-UPTIME, 0);
        other = boot(-OTHER_UPTIME, OTHER_SKEW);
    }

    private Boot boot(double zero, double skew) {
        Boot boot = new Boot("boot-" + boots.size(), zero, skew);
        boots.add(boot);
        return boot;
    }

    /** When a probe meant for a time can be sent: then, or after an outage, which changes the host. */
    double up(double time) {
        double up = time;
        while (outages < plan.outages().size() && up >= plan.outages().get(outages).from()) {
            Outage outage = plan.outages().get(outages++);
            up = Math.max(up, outage.to());
            change(outage.cause(), outage.to());
        }
        return up;
    }

    private void change(Cause cause, double at) {
        switch (cause) {
            case RESTART -> {
            } // the even clock ran on
            case REBOOT -> present = boot(at - BOOTING, present.skew());
            case FAILOVER -> {
                Boot left = present;
                present = other;
                other = left;
            }
        }
    }

    Moment at(double time) {
        double even = (time - present.zero()) * (1 + plan.drift());
        double wall = plan.clock().at(time) + present.skew();
        return new Moment(present.id(), nanos(even), BEGIN.plusNanos(Math.round(wall * 1e9)));
    }

    /** The true time of a moment. */
    double time(Moment moment) {
        for (Boot boot : boots) {
            if (boot.id().equals(moment.boot())) {
                return boot.zero() + moment.sinceBoot().toNanos() / 1e9 / (1 + plan.drift());
            }
        }
        throw new IllegalArgumentException("no boot " + moment.boot());
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
