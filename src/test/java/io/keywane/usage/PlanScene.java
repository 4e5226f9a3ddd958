package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a plan is asked about; times are seconds since the boot of the host, which is also the server's epoch. */
final class PlanScene {
    static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final double FLIGHT = 0.2;

    final List<WindowModel> windows = new ArrayList<>();
    final List<OwnTime> own = new ArrayList<>();
    ProbeBudget budget = new ProbeBudget(100, 0.1);
    ProbePurpose purpose = ProbePurpose.PROVE;
    Duration interval = INTERVAL;
    Optional<Sample> lastGood = Optional.empty();
    Optional<Moment> notBefore = Optional.empty();
    Optional<Moment> lastUse = Optional.empty();
    Optional<Moment> provenBy = Optional.empty();
    boolean fixedDisplay;

    static PlanScene of(WindowModel... known) {
        PlanScene scene = new PlanScene();
        scene.windows.addAll(List.of(known));
        scene.show(known[0], known[0].limit(), 0);
        return scene;
    }

    static WindowModel rolling(long limit, long seconds, long tolerance) {
        return new WindowModel(limit, Duration.ofSeconds(seconds), Kind.ROLLING, Duration.ofSeconds(tolerance), true,
                ResetMeaning.UNKNOWN);
    }

    static WindowModel fixed(long limit, long seconds) {
        return new WindowModel(limit, Duration.ofSeconds(seconds), Kind.FIXED, Duration.ofSeconds(2), true,
                ResetMeaning.UNKNOWN);
    }

    /** The headers show a window with so much left. */
    PlanScene show(WindowModel window, long remaining, double at) {
        return show(window.limit(), remaining, at, at + window.length().toSeconds());
    }

    PlanScene show(long limit, long remaining, double at, double reset) {
        AnswerHeaders headers = new AnswerHeaders(Optional.of(new RateLimitReading(limit, remaining,
                Instant.EPOCH.plusSeconds((long) reset))), Optional.empty(), OptionalLong.empty(),
                OptionalLong.empty(), Optional.of(Instant.EPOCH.plusSeconds((long) at)), Optional.empty());
        lastGood = Optional.of(new Sample("r", new VersionId("0123456789abcdef0123456789abcdef"),
                new LimiterGroup("general"), ProbeKind.LIVENESS, at(at), at(at + FLIGHT), 200, ProbeOutcome.VALID,
                Optional.empty(), headers));
        return this;
    }

    PlanScene answered(double... times) {
        for (double time : times) {
            own.add(new OwnTime(seconds(time), seconds(time + FLIGHT), OwnFate.COUNTED));
        }
        return this;
    }

    PlanScene unanswered(double time) {
        own.add(new OwnTime(seconds(time), seconds(time + 30), OwnFate.UNKNOWN));
        return this;
    }

    PlannedProbe next(double now) {
        return new ProbePlan(interval, 0.25, budget).next(situation(now));
    }

    ProbeSituation situation(double now) {
        return new ProbeSituation(at(now), at(0), purpose, windows, lastGood, own, notBefore, fixedDisplay, lastUse,
                provenBy);
    }

    /** When the next is planned, in seconds since the boot. */
    double nextAt(double now) {
        return seconds(next(now).at().sinceBoot());
    }

    Optional<ProofObstacle> obstacle(double now) {
        return next(now).obstacle();
    }

    static Moment at(double seconds) {
        return new Moment("boot-1", seconds(seconds), Instant.EPOCH.plus(seconds(seconds)));
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }
}
