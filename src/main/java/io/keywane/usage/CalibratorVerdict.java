package io.keywane.usage;

import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which models explain what a calibration has seen: one, several, or none and then why. */
final class CalibratorVerdict {
    private static final int ROUNDS = 3;
    private static final int PAIRS = 2;
    private static final Duration MARGIN = Duration.ofSeconds(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What can be said after a round. */
    sealed interface Finding {}

    /** Exactly one model stands; {@code apart}: whether other keys were seen to move nothing. */
    record Found(CalibratedWindow window, Observed apart) implements Finding {}

    /** None stands, or several that nothing will tell apart. */
    record Refuted(CalibrationReason why) implements Finding {}

    /** More is to be seen; {@code buckets}: of requests that leave early. */
    record Undecided(boolean buckets) implements Finding {}

    private final CalibratorLog log;
    private final List<Duration> lengths;

    CalibratorVerdict(CalibratorLog log, List<Duration> lengths) {
        this.log = log;
        this.lengths = lengths;
    }

    /** How exactly a rolling log must let requests go to pass as one; a Date of whole seconds hides no more. */
    static Duration exactTolerance(Duration length) {
        return length.compareTo(Duration.ofSeconds(50)) >= 0 ? SECOND : Duration.ofMillis(600);
    }

    private static Duration bucketTolerance(Duration length) {
        return length.dividedBy(6).plusMillis(300);
    }

    /** Whether an answer shows no more than our own requests, by either meaning of Remaining. */
    boolean isQuiet(int at, Duration length) {
        return log.shot(at).used(true) <= log.rolling(at, length, bucketTolerance(length)).hi();
    }

    Finding of(long limit, Duration length, List<CalibratorCycle> rounds) {
        List<Integer> evidence = log.evidence(limit);
        List<CalibratorRolling> exact = rolling(evidence, false);
        List<CalibratorRolling> coarse = rolling(evidence, true);
        List<CalibratorFixed> fixed = fixed(evidence);
        if (exact.isEmpty() && coarse.isEmpty() && fixed.isEmpty()) {
            return nothingFits(evidence, length, rounds.size());
        }
        if (!exact.isEmpty()) {
            return judge(limit, evidence, exact, !fixed.isEmpty(), goodRounds(rounds, exact.getFirst(), limit));
        }
        if (!coarse.isEmpty()) {
            return judge(limit, evidence, coarse, !fixed.isEmpty(), goodBucketRounds(rounds, coarse.getFirst(), limit));
        }
        return judgeFixed(limit, evidence, fixed, rounds);
    }

    private List<CalibratorRolling> rolling(List<Integer> evidence, boolean coarse) {
        List<CalibratorRolling> fitting = new ArrayList<>();
        for (Duration length : lengths) {
            Duration tolerance = coarse ? bucketTolerance(length) : exactTolerance(length);
            for (boolean counts : new boolean[]{true, false}) {
                CalibratorRolling hypothesis = new CalibratorRolling(length, tolerance, counts);
                if (hypothesis.fits(log, evidence)) {
                    fitting.add(hypothesis);
                }
            }
        }
        return fitting;
    }

    private List<CalibratorFixed> fixed(List<Integer> evidence) {
        List<CalibratorFixed> fitting = new ArrayList<>();
        for (Duration length : lengths) {
            for (boolean counts : new boolean[]{true, false}) {
                CalibratorFixed hypothesis = new CalibratorFixed(length, counts);
                if (hypothesis.fits(log, evidence)) {
                    fitting.add(hypothesis);
                }
            }
        }
        return fitting;
    }

    private Finding judge(long limit, List<Integer> evidence, List<CalibratorRolling> fitting, boolean alsoFixed,
            long good) {
        CalibratorRolling first = fitting.getFirst();
        boolean coarse = first.tolerance().compareTo(exactTolerance(first.length())) > 0;
        if (good < ROUNDS) {
            return new Undecided(coarse);
        }
        if (fitting.size() > 1 || alsoFixed) {
            return new Refuted(CalibrationReason.AMBIGUOUS);
        }
        Duration tolerance = (coarse ? first.length().dividedBy(6).plus(SECOND) : SECOND).plus(MARGIN);
        if (tolerance.multipliedBy(4).compareTo(first.length()) >= 0) {
            return new Refuted(CalibrationReason.TOO_COARSE);
        }
        Optional<ResetMeaning> reset = first.reset(log, evidence);
        if (reset.isEmpty()) {
            return new Refuted(CalibrationReason.RESET_UNEXPECTED);
        }
        WindowModel model = new WindowModel(limit, first.length(), Kind.ROLLING, tolerance, first.countsAnswered(),
                reset.get());
        return new Found(CalibratedWindow.measured(model, first.witness(log, evidence, reset.get())),
                first.apart(log, evidence));
    }

    private Finding judgeFixed(long limit, List<Integer> evidence, List<CalibratorFixed> fitting,
            List<CalibratorCycle> rounds) {
        long pairs = rounds.stream().filter(round -> isPairSharp(round, fitting.getFirst(), limit)).count();
        if (pairs < PAIRS || !fitting.getFirst().isSeenEnough(log, evidence)) {
            return new Undecided(false);
        }
        if (fitting.size() > 1) {
            return new Refuted(CalibrationReason.AMBIGUOUS);
        }
        CalibratorFixed only = fitting.getFirst();
        WindowModel model = new WindowModel(limit, only.length(), Kind.FIXED, SECOND.plus(MARGIN),
                only.countsAnswered(), ResetMeaning.UNKNOWN);
        return new Found(CalibratedWindow.measured(model, only.witness()), Observed.UNKNOWN);
    }

    /** Whether two requests in a row leave no doubt in a fixed window: a lag would show. */
    private boolean isPairSharp(CalibratorCycle round, CalibratorFixed hypothesis, long limit) {
        int first = round.middle().getFirst();
        int second = round.middle().get(1);
        if (!log.shot(first).shows(limit) || !log.shot(second).shows(limit)) {
            return false;
        }
        CountRange own = log.fixed(second, hypothesis.length());
        return own.lo() == own.hi() && CalibratorLog.isSameReset(log.shot(first), log.shot(second));
    }

    /** The rounds in which nearly every look was sharp: only such a round can refute. */
    private long goodRounds(List<CalibratorCycle> rounds, CalibratorRolling hypothesis, long limit) {
        return rounds.stream().filter(round -> isCounted(round) && isMiddleClear(round, hypothesis, limit))
                .filter(round -> round.end().stream().filter(at -> log.shot(at).shows(limit))
                        .filter(at -> hypothesis.isSharp(log, at)).count() >= round.shape().burst())
                .count();
    }

    private long goodBucketRounds(List<CalibratorCycle> rounds, CalibratorRolling hypothesis, long limit) {
        return rounds.stream().filter(round -> round.shape().buckets() && round.shape().burst() >= 5)
                .filter(round -> isCounted(round) && isMiddleClear(round, hypothesis, limit))
                .filter(round -> round.end().stream().filter(at -> log.shot(at).shows(limit))
                        .filter(at -> isClearBesides(round, hypothesis, at)).count() >= round.looksAtTheEnd() - 2)
                .count();
    }

    private boolean isCounted(CalibratorCycle round) {
        return round.burst().stream().allMatch(at -> log.shot(at).counted());
    }

    private boolean isMiddleClear(CalibratorCycle round, CalibratorRolling hypothesis, long limit) {
        return round.middle().stream().filter(at -> log.shot(at).shows(limit)).filter(at -> {
            CountRange own = log.rolling(at, hypothesis.length(), hypothesis.tolerance());
            return own.hi() - own.lo() <= 1;
        }).count() >= 3;
    }

    /** Whether only requests of the round's own burst are in doubt. */
    private boolean isClearBesides(CalibratorCycle round, CalibratorRolling hypothesis, int at) {
        int first = round.burst().getFirst();
        int end = round.burst().getLast() + 1;
        CountRange before = log.rolling(at, hypothesis.length(), hypothesis.tolerance(), 0, first);
        CountRange after = log.rolling(at, hypothesis.length(), hypothesis.tolerance(), end, at);
        return before.hi() - before.lo() + after.hi() - after.lo() <= 1;
    }

    /** One coincidence of somebody else's request with ours by another key would look like a shared counter; two do not. */
    private Finding nothingFits(List<Integer> evidence, Duration length, int rounds) {
        if (!isShared(evidence, length)) {
            return new Refuted(why(evidence, length));
        }
        return rounds < 2 ? new Undecided(false) : new Refuted(CalibrationReason.SHARED);
    }

    private boolean isShared(List<Integer> evidence, Duration length) {
        if (log.others().isEmpty()) {
            return false;
        }
        return Stream.of(true, false)
                .map(counts -> new CalibratorRolling(length, bucketTolerance(length), counts))
                .anyMatch(hypothesis -> hypothesis.fitsShared(log, evidence));
    }

    /** No model fits: what is it then? */
    private CalibrationReason why(List<Integer> evidence, Duration length) {
        Duration tolerance = bucketTolerance(length);
        boolean under = evidence.stream()
                .anyMatch(at -> log.shot(at).used(false) < log.rolling(at, length, tolerance).lo());
        boolean over = evidence.stream()
                .anyMatch(at -> log.shot(at).used(true) > log.rolling(at, length, tolerance).hi());
        if (!under) {
            return over ? CalibrationReason.NOT_FRESH : CalibrationReason.AMBIGUOUS;
        }
        Duration never = Duration.ofSeconds(-1);
        Duration quarter = length.dividedBy(4);
        if (isShortOnlyBy(evidence, quarter, length.minus(tolerance)) && !isShortOnlyBy(evidence, never, quarter)) {
            return CalibrationReason.LAGGING;
        }
        if (isLeaping(evidence)) {
            return CalibrationReason.NODES_DISAGREE;
        }
        return isShortOnlyBy(evidence, never, length.dividedBy(2))
                ? CalibrationReason.TOO_COARSE
                : CalibrationReason.SMOOTHED;
    }

    /** Whether no answer lacks more than own requests younger than one age or older than another would explain. */
    private boolean isShortOnlyBy(List<Integer> evidence, Duration youngest, Duration oldest) {
        return evidence.stream().allMatch(at -> {
            CalibratorShot answer = log.shot(at);
            long sure = 0;
            for (int i = 0; i < at; i++) {
                CalibratorShot shot = log.shot(i);
                boolean old = answer.latest().minus(shot.sent()).compareTo(oldest) >= 0;
                boolean young = answer.sent().minus(shot.latest()).compareTo(youngest) <= 0;
                sure += shot.counted() && !old && !young ? 1 : 0;
            }
            return answer.used(false) >= sure;
        });
    }

    /** Whether the count ever grew by more than the one request between two answers. */
    private boolean isLeaping(List<Integer> evidence) {
        for (int i = 1; i < evidence.size(); i++) {
            int before = evidence.get(i - 1);
            int at = evidence.get(i);
            if (log.shot(at).used(true) - log.shot(before).used(true) > at - before) {
                return true;
            }
        }
        return false;
    }
}
