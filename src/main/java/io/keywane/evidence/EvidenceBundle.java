package io.keywane.evidence;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * All that a flag rests on. Holds no key, nor anything of one beyond its public prefix and its keyed fingerprint.
 *
 * @param claim which key, which replacement, and what is claimed
 * @param groups the limiter groups: their windows and the silence that is claimed
 * @param loads what the replacement carries of what the leaving key carried before
 * @param requests our own requests with the leaving key
 * @param samples what came back
 * @param wallet readings of the wallet
 */
public record EvidenceBundle(
        Claim claim,
        List<Group> groups,
        List<Load> loads,
        List<Request> requests,
        List<Sample> samples,
        List<Balance> wallet) {
    public EvidenceBundle {
        requireNonNull(claim, "claim is null");
        groups = List.copyOf(groups);
        loads = List.copyOf(loads);
        requests = List.copyOf(requests);
        samples = List.copyOf(samples);
        wallet = List.copyOf(wallet);
    }

    /**
     * What is claimed.
     *
     * @param madeAt when the daemon put it together
     * @param rotation the rotation that replaced the key; null where it left without one
     * @param basis {@code proven}, or {@code waived} where a named person accepted that something is not proven
     * @param revoke the key that may be revoked
     * @param keep the key that must not be; null where none is in its place
     * @param published from when on consumers could read the replacement; null where that is not known
     */
    public record Claim(
            Moment madeAt,
            String key,
            String organisation,
            @Nullable String rotation,
            Basis basis,
            Version revoke,
            @Nullable Version keep,
            @Nullable Moment published,
            Required required,
            Policy policy,
            Contents contents,
            List<Gate> gates,
            List<Waiver> waivers,
            List<Assumption> assumptions) {
        public Claim {
            gates = List.copyOf(gates);
            waivers = List.copyOf(waivers);
            assumptions = List.copyOf(assumptions);
        }
    }

    /** What a flag rests on. */
    public enum Basis {
        PROVEN, WAIVED
    }

    /**
     * How people find a key in the vendor's dashboard.
     *
     * @param fingerprint tells values apart and gives none of them away
     * @param served whether consumers could ever read it
     */
    public record Version(
            String id,
            String fingerprint,
            @Nullable String dashboardName,
            @Nullable String publicPrefix,
            Instant takenIn,
            boolean served) {}

    /**
     * How long the silence must be, and why.
     *
     * @param basis the word for what asks for so much
     * @param because the same for people
     * @param known how far back the key's history reaches
     * @param coverage share of it that was observed
     */
    public record Required(Duration quietPeriod, String basis, String because, Duration known, double coverage) {}

    /**
     * What the organisation asks.
     *
     * @param floor the least silence that is ever asked for
     * @param fromHistory whether the key's history may ask for more
     * @param shadowSpans {@code allow} where a hole left by a lost reply does not break the silence, else {@code deny}
     * @param fixedWindows {@code coverage} where the unseen end of a fixed window does not, else {@code refuse}
     */
    public record Policy(
            Duration propagationDelay,
            Duration floor,
            boolean fromHistory,
            double factor,
            Duration unknownCadence,
            double switchShare,
            String shadowSpans,
            String fixedWindows) {}

    /** How many lines of each kind there are, so that one that is missing is missed. */
    public record Contents(int requests, int samples, int balances) {}

    /** How a gate stood. */
    public record Gate(String gate, boolean met, boolean waived, String required, String known, String missing) {}

    /** A gate that a named person opened. */
    public record Waiver(String gate, String by, String reason, @Nullable Instant at) {}

    /** What no header can show. */
    public record Assumption(String name, String text) {}

    /**
     * A limiter group.
     *
     * @param from the begin of the silence that is claimed; null where none is
     * @param to its end
     * @param holes what lies in it unobserved and is let pass by the policy
     */
    public record Group(
            String group, List<Window> windows, @Nullable Moment from, @Nullable Moment to, List<Hole> holes) {
        public Group {
            windows = List.copyOf(windows);
            holes = List.copyOf(holes);
        }

        Optional<Window> window(long limit) {
            return windows.stream().filter(window -> window.limit() == limit).findFirst();
        }
    }

    /**
     * How a window counts.
     *
     * @param origin {@code declared} by the operator, or {@code calibrated}
     * @param since when it was calibrated
     */
    public record Window(
            long limit,
            Duration length,
            String kind,
            Duration tolerance,
            boolean countsAnswered,
            String reset,
            String origin,
            @Nullable Instant since) {
        /** Date has whole seconds: the server's clock may be set by so much, and nothing shows it. */
        private static final Duration UNSEEN_STEP = Duration.ofSeconds(3);
        private static final long DRIFT = 10_000;
        private static final Duration SHORT_LAG = Duration.ofSeconds(6);
        private static final Duration LONG_LAG = Duration.ofMinutes(1);

        boolean isFixed() {
            return kind.equals("fixed");
        }

        /** How far two clocks in good order go apart within the window. */
        Duration drift() {
            return length.dividedBy(DRIFT);
        }

        /** How far from its length the age of a request may be when it leaves. */
        Duration edge() {
            return Timeline.later(tolerance, UNSEEN_STEP).plus(drift());
        }

        /** A younger request is certainly in it. */
        Duration inside() {
            return length.minus(edge());
        }

        /** An older request has certainly left it. */
        Duration outside() {
            return length.plus(edge());
        }

        /** How long a counted request may take to show: assumption A2. */
        Duration lag() {
            Duration usual = Timeline.sooner(Timeline.later(SHORT_LAG, length.dividedBy(60)), LONG_LAG);
            return isFixed() ? Duration.ZERO : Timeline.sooner(usual, length.dividedBy(10));
        }

        /** How long after a silent sample the next still sees what the first did not show yet. */
        Duration reach() {
            return isFixed() ? length : inside().minus(lag());
        }
    }

    /** What lies in a silence and was not observed: {@code lost_reply} or {@code window_end}. It adds nothing to it. */
    public record Hole(String cause, Moment from, Moment to, int unexplained) {}

    /**
     * How the load of one group moved. Counts of requests are least and most; they are the daemon's, made of the samples of
     * both keys over weeks, which do not stand here.
     *
     * @param use {@code never}, {@code once} or {@code repeated}: how the group was used before
     * @param longestGap the longest idle time in the past
     * @param returned the longest idle time after which the leaving key itself was used again
     * @param rhythms jobs on a timetable, each with what its latest run should bring and brought
     * @param expected what the leaving key's history lets expect for the compared time
     * @param carried what the replacement carried in it
     * @param left what still came in on the leaving key
     * @param coverage share of the compared time that was observed
     */
    public record Load(
            String group,
            String use,
            Duration longestGap,
            Duration returned,
            List<Run> rhythms,
            Range expected,
            Range carried,
            Range left,
            double coverage) {
        public Load {
            rhythms = List.copyOf(rhythms);
        }
    }

    /** Requests, least and most. */
    public record Range(double least, double most) {}

    /** The latest whole run of a job; {@code begin} is null where there was none since the switch. */
    public record Run(String job, @Nullable Instant begin, double expected, double carried) {}

    /** A request of our own: {@code counted} for certain, {@code unknown}, or {@code pending}. */
    public record Request(String id, String group, Moment sent, String fate, @Nullable Moment settled) {}

    /** An answer, or the end of waiting for one (status 0); {@code valid} is an outcome that speaks for the limiter. */
    public record Sample(
            String request,
            String group,
            Moment sent,
            Moment received,
            int status,
            String outcome,
            @Nullable Long limit,
            @Nullable Long remaining,
            @Nullable Instant reset,
            @Nullable Instant date) {}

    /** A wallet's balance. */
    public record Balance(Moment at, long balance) {}
}
