package io.keywane.usage.sim;

import io.keywane.key.Moment;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsagePoint.Verdict;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Compares what is claimed with what the server knows, and carries the flag as the rules would. */
final class Truth {
    /** Rounding of times to nanoseconds. */
    private static final double HAIR = 1e-6;

    private final Scenario scenario;
    private final Host host;
    private final List<Watch> watches;
    private final List<GroupServer> servers;
    private final Consumer<String> trace;
    private final Outcome outcome;
    private final FlagGate gate;
    private @Nullable Moment flagged;
    private double flaggedAt;

    Truth(
            Scenario scenario,
            Host host,
            List<Watch> watches,
            List<GroupServer> servers,
            Consumer<String> trace) {
        this.scenario = scenario;
        this.host = host;
        this.watches = watches;
        this.servers = servers;
        this.trace = trace;
        outcome = new Outcome(scenario);
        gate = new FlagGate(Knowing.seconds(scenario.quietPeriod()), scenario.conduct().policy(), host.at(0));
    }

    /** @param answer what came back; {@code null}: nothing did */
    void check(Watch watch, @Nullable Answer answer, UsagePoint point, double now) {
        outcome.samples++;
        outcome.silent += point.verdict() == Verdict.SILENT ? 1 : 0;
        outcome.inUse += point.verdict() == Verdict.IN_USE ? 1 : 0;
        if (answer != null && answer.hasLimits()) {
            watch.firstAnswered = Math.min(watch.firstAnswered, answer.at());
        }
        checkClaim(watch);
        checkBounds(watch, answer, point, now);
        if (flagged == null) {
            flag(now);
        } else {
            withdraw(flagged, now);
        }
    }

    private void checkClaim(Watch watch) {
        watch.account.silence().ifPresent(span -> {
            outcome.claims++;
            double from = host.time(span.from());
            double to = host.time(span.to());
            double used = watch.server.counted().firstWithin(from + HAIR, to - HAIR);
            while (!Double.isNaN(used)) {
                Optional<SilentSpan.Hole> hole = hole(span, used);
                if (hole.isEmpty()) {
                    falseClaim(watch, from, to, used);
                    return;
                }
                outcome.usedInHoles = true;
                used = watch.server.counted().firstWithin(host.time(hole.get().to()), to - HAIR);
            }
        });
    }

    private void falseClaim(Watch watch, double from, double to, double used) {
        if (outcome.falseClaims.size() < 3) {
            outcome.falseClaims.add(String.format("group %s: silence claimed from %.2f to %.2f, but used at %.2f",
                    watch.group, from, to, used));
            trace.accept("FALSE CLAIM: " + outcome.falseClaims.getLast());
        }
    }

    /** The stretch that the policy let pass unseen and that a time lies in. */
    private Optional<SilentSpan.Hole> hole(SilentSpan span, double time) {
        if (scenario.conduct().policy().equals(ProofPolicy.STRICT)) {
            return Optional.empty();
        }
        return span.holes().stream()
                .filter(hole -> host.time(hole.from()) - HAIR <= time && time <= host.time(hole.to()) + HAIR)
                .findFirst();
    }

    private void checkBounds(Watch watch, @Nullable Answer answer, UsagePoint point, double now) {
        boolean bounds = switch (point.verdict()) {
            case SILENT, UNDETERMINED, IN_USE -> true;
            case CLOSED, UNKNOWN -> false;
        };
        if (!bounds || answer == null || answer.shownForeign() < 0) {
            return;
        }
        long others = answer.shownForeign();
        LimiterPlan limiter = plan(point).limiter();
        if (limiter.crossesLimits() && limiter.isUpgraded(now)) {
            return; // by then the declared windows are not those of the plan, which no header tells (A6)
        }
        // Where a limit names two windows, the shorter is taken: then only the upper bound holds.
        boolean upperOnly = limiter.hasEqualLimits() || limiter.upgrade().isPresent();
        long least = upperOnly || isPutBackUnseen(watch, now) ? 0 : point.foreign().lo();
        if ((others > point.foreign().hi() || others < least) && outcome.falseBounds.size() < 3) {
            outcome.falseBounds.add(String.format("group %s at %.2f: %s requests of others claimed, but there are %d",
                    point.group(), now, point.foreign(), others));
            trace.accept("FALSE BOUNDS: " + outcome.falseBounds.getLast());
        }
    }

    /**
     * Whether the server's clock was put back before this group's first answer, and does not show yet what it showed then, a
     * window added: what is in the window for so much longer nobody can know.
     */
    private boolean isPutBackUnseen(Watch watch, double now) {
        ClockPlan clock = scenario.serverClock();
        double longest = watch.memory().toNanos() / 1e9;
        return clock.steps().stream().filter(step -> step.by() < 0 && step.at() <= watch.firstAnswered)
                .anyMatch(step -> clock.at(now) < clock.at(step.at()) - step.by() + longest);
    }

    private GroupPlan plan(UsagePoint point) {
        return scenario.groups().stream().filter(group -> group.name().equals(point.group().value())).findFirst()
                .orElseThrow();
    }

    private void flag(double now) {
        Moment moment = host.at(now);
        boolean anyClaim = watches.stream().anyMatch(watch -> watch.account.silence().isPresent());
        if (!anyClaim || !gate.isOpen(watches.stream().map(watch -> watch.evidence(moment)).toList(), moment)) {
            return;
        }
        flagged = moment;
        flaggedAt = now;
        outcome.flags.add(now);
        trace.accept(String.format("%9.2f FLAGGED", now));
        double until = now;
        for (Watch watch : watches) {
            until = Math.min(until, watch.account.silence().map(SilentSpan::to).map(host::time).orElse(now));
        }
        for (GroupServer server : servers) {
            // Later requests of a group than its latest sample are still to be played, so these are all there are.
            server.advance(until);
            blame(seen(server, until, now), until, now);
            blame(server.unseen().lastUpTo(until), until, now);
        }
    }

    /** The last counted use that no policy let pass unseen. */
    private double seen(GroupServer server, double until, double now) {
        Optional<SilentSpan> span = watches.stream().filter(watch -> watch.server == server).findFirst()
                .flatMap(watch -> watch.account.silence());
        double used = server.counted().lastUpTo(until);
        while (used > now - scenario.quietPeriod()) {
            double time = used;
            Optional<SilentSpan.Hole> hole = span.flatMap(s -> hole(s, time));
            if (hole.isEmpty()) {
                return used;
            }
            outcome.flaggedOverUse = true;
            used = server.counted().lastUpTo(Math.min(used - HAIR, host.time(hole.get().from())));
        }
        return used;
    }

    private void blame(double used, double until, double now) {
        if (outcome.flags.size() == 1) {
            outcome.lastUse = Math.max(outcome.lastUse, used);
        }
        if (used > now - scenario.quietPeriod() + HAIR) {
            outcome.falseFlags.add(String.format("flagged at %.2f after %.0f s of silence up to %.2f, but used at %.2f",
                    now, scenario.quietPeriod(), until, used));
            trace.accept("FALSE FLAG: " + outcome.falseFlags.getLast());
        }
    }

    private void withdraw(Moment since, double now) {
        Moment moment = host.at(now);
        boolean used = watches.stream().anyMatch(watch -> watch.account.lastInUse()
                .filter(use -> use.isNotBefore(since, moment)).isPresent());
        if (!used) {
            return;
        }
        double first = Double.POSITIVE_INFINITY;
        for (GroupServer server : servers) {
            double use = server.counted().firstWithin(flaggedAt, now);
            first = Double.isNaN(use) ? first : Math.min(first, use);
        }
        // Infinite: withdrawn for use from before the flag that its last claim did not reach.
        outcome.withdrawals.add(Double.isInfinite(first) ? 0 : now - first);
        trace.accept(String.format("%9.2f FLAG WITHDRAWN", now));
        flagged = null;
    }

    Outcome close(int requests) {
        outcome.ownRequests = requests;
        List<Integer> foreign = new ArrayList<>();
        servers.forEach(server -> foreign.add(server.counted().size()));
        outcome.foreignRequests = foreign.stream().mapToInt(Integer::intValue).sum();
        return outcome;
    }
}
