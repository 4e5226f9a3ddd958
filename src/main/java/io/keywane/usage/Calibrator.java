package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.CalibratorCycle.Shape;
import io.keywane.usage.CalibratorStep.Done;
import io.keywane.usage.CalibratorStep.Send;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/**
 * Measures how the windows of one limiter group count, on a key version that nobody else uses. It says when the next
 * request is to be sent, takes in the samples in order, and ends in a {@link Calibration}. Deterministic; within one boot.
 *
 * <p>A model is claimed only if it, and no other, explains every answer as our own requests alone, in three rounds; what was
 * seen is never selected. Anything else ends as unknown, with a reason. docs/drain-proof.md has the rules.
 */
public final class Calibrator {
    private static final int ROUNDS = 3;
    /** More rounds than this show nothing new. */
    private static final int MOST_ROUNDS = 8;
    private static final int WAITS_FOR_QUIET = 3;
    private static final int FAILURES = 5;
    /** The longest flight that the plan makes room for. */
    private static final Duration LONGEST_BLUR = Duration.ofSeconds(1);

    private final LimiterGroup group;
    private final CalibratorSettings settings;
    private final Moment start;
    private final CalibratorLog log = new CalibratorLog();
    private final CalibratorVerdict verdict;
    private final Map<Long, Duration> ahead = new TreeMap<>();
    private final List<CalibratorCycle> rounds = new ArrayList<>();
    private @Nullable CalibratorCheck check;
    private @Nullable CalibratorCycle round;
    private @Nullable Duration quietAt;
    private @Nullable Duration asked;
    private @Nullable Calibration done;
    private boolean buckets;
    private long focus;
    private Duration length = Duration.ZERO;
    private Duration blur = Duration.ofMillis(100);
    private int waits;
    private int failures;

    /**
     * A calibration that begins now.
     *
     * @param earlier the own requests of this version and group that may still be in a window, oldest first
     * @param known what an earlier calibration of the same plan found; if it fits, a short check is enough
     */
    public Calibrator(LimiterGroup group, CalibratorSettings settings, Moment start, List<OwnRequest> earlier,
            Optional<Calibration> known) {
        this.group = requireNonNull(group, "group is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.start = requireNonNull(start, "start is null");
        this.verdict = new CalibratorVerdict(log, settings.lengths());
        earlier.stream().filter(entry -> entry.sent().boot().equals(start.boot())).map(CalibratorShot::of)
                .forEach(log::add);
        log.startAfresh();
        check = known.filter(k -> k.reason() == CalibrationReason.MEASURED).map(CalibratorCheck::new).orElse(null);
    }

    /** What is to be done next. The same until a sample is handed in. */
    public CalibratorStep next(Moment now) {
        requireNonNull(now, "now is null");
        Duration time = now.sinceBoot();
        if (done == null && !now.boot().equals(start.boot())) {
            end(CalibrationReason.TIME_OUT);
        }
        Optional<Duration> due = done == null ? due(time) : Optional.empty();
        if (done == null && due.isEmpty()) {
            conclude(time);
            due = done == null ? due(time) : Optional.empty();
        }
        if (done != null) {
            return new Done(done);
        }
        asked = affordable(due.orElseThrow());
        return new Send(start.plus(asked.minus(start.sinceBoot())));
    }

    /** No sooner than the budget allows one more request in the window. */
    private Duration affordable(Duration time) {
        if (focus == 0 || log.size() < allowed()) {
            return time;
        }
        CalibratorShot oldest = log.shot((int) (log.size() - Math.max(1, allowed())));
        return max(time, oldest.latest().plus(length));
    }

    private Optional<Duration> due(Duration now) {
        CalibratorCheck checking = check;
        if (checking != null) {
            return Optional.of(checking.due(now));
        }
        if (quietAt != null) {
            return Optional.of(quietAt);
        }
        return round == null ? Optional.of(now) : round.next(log, now);
    }

    /** Takes in the sample of the request that was asked for, or of any other own request of this version and group. */
    public void settled(Sample sample) {
        if (done != null || !sample.group().equals(group)) {
            return;
        }
        boolean isAsked = asked != null && sample.sent().sinceBoot().compareTo(asked) >= 0;
        CalibratorShot shot = CalibratorShot.of(sample);
        log.add(shot);
        if (!isUsable(sample)) {
            if (isAsked) {
                follow(shot);
            }
            return;
        }
        failures = 0;
        learn(shot);
        if (isAsked) {
            follow(shot);
        }
    }

    private boolean isUsable(Sample sample) {
        if (sample.outcome() == ProbeOutcome.VALID_PLAN_LIMITED) {
            end(CalibrationReason.CLOSED);
            return false;
        }
        if (sample.outcome() == ProbeOutcome.VALID_RATE_LIMITED) {
            end(CalibrationReason.NOT_FRESH);
            return false;
        }
        if (sample.isCountedForCertain()) {
            return true;
        }
        failures++;
        if (failures >= FAILURES) {
            end(CalibrationReason.NO_HEADERS);
        }
        return false;
    }

    /** What any answer tells: how long flights are, which limits are shown, and how far ahead their Resets lie. */
    private void learn(CalibratorShot shot) {
        Duration flight = shot.latest().minus(shot.sent());
        Duration late = asked == null || shot.sent().compareTo(asked) < 0 ? Duration.ZERO : shot.sent().minus(asked);
        Duration seen = flight.plus(late.compareTo(LONGEST_BLUR) < 0 ? late : Duration.ZERO);
        blur = min(LONGEST_BLUR, max(blur, seen));
        long limit = shot.reading().orElseThrow().limit();
        if (!ahead.isEmpty() && limit < leastLimit()) {
            begin(shot.latest());
        }
        ahead.merge(limit, shot.ahead(), Calibrator::max);
    }

    /** Goes on after the request that was asked for. */
    private void follow(CalibratorShot shot) {
        CalibratorCheck checking = check;
        if (checking != null) {
            follow(checking, shot);
            return;
        }
        if (done != null) {
            return;
        }
        if (round != null) {
            round.sent(log.size() - 1);
        }
        if (shot.reading().isPresent() && !look() && quietAt != null) {
            settle(shot);
        }
        if (round == null && quietAt == null && done == null) {
            quietAt = shot.latest();
        }
    }

    private void follow(CalibratorCheck checking, CalibratorShot shot) {
        switch (checking.took(log)) {
            case MORE -> {
            }
            case CONFIRMED -> done = checking.known();
            case MISMATCH -> {
                check = null;
                quietAt = shot.latest();
                if (shot.reading().isPresent()) {
                    look();
                }
            }
        }
    }

    /** Takes the shortest of the shown windows into view; whether that changed. */
    private boolean look() {
        long shortest = focus;
        Duration best = focus == 0 ? Duration.ofDays(365) : guess(focus);
        for (long limit : ahead.keySet()) {
            if (guess(limit).compareTo(best) < 0) {
                shortest = limit;
                best = guess(limit);
            }
        }
        if (shortest == focus && best.equals(length)) {
            return false;
        }
        focus = shortest;
        length = best;
        begin(log.shot(log.size() - 1).latest());
        plan(log.shot(log.size() - 1).latest());
        return true;
    }

    /** What was planned rests on a view that has changed; what was seen stays evidence. */
    private void begin(Duration now) {
        rounds.clear();
        round = null;
        quietAt = now;
    }

    /** The shortest window that a Reset so far ahead allows. */
    private Duration guess(long limit) {
        Duration seen = ahead.getOrDefault(limit, Duration.ZERO).minusSeconds(2);
        return settings.lengths().stream().filter(l -> l.compareTo(seen) >= 0).findFirst()
                .orElse(Duration.ofDays(365));
    }

    /** Begins the rounds once the answers show our own requests alone. */
    private void settle(CalibratorShot shot) {
        int last = log.size() - 1;
        if (verdict.isQuiet(last, length)) {
            quietAt = null;
            round = new CalibratorCycle(shape(), shot.latest());
            return;
        }
        if (waits >= WAITS_FOR_QUIET) {
            end(CalibrationReason.NOT_FRESH);
            return;
        }
        waits++;
        log.startAfresh();
        quietAt = shot.latest().plus(length).plus(length.dividedBy(8));
        if (isTooLate(quietAt)) {
            end(CalibrationReason.NOT_FRESH);
        }
    }

    /** Gives up at once where the limits of time or budget allow no three rounds. */
    private void plan(Duration now) {
        Shape shape = shape();
        if (shape.burst() < 3) {
            end(CalibrationReason.BUDGET);
            return;
        }
        Duration needed = shape.period().multipliedBy(ROUNDS - 1L).plus(shape.duration());
        if (needed.compareTo(settings.timeLimit()) > 0) {
            end(CalibrationReason.TOO_LONG);
        } else if (isTooLate(now.plus(needed))) {
            end(CalibrationReason.TIME_OUT);
        }
    }

    private boolean isTooLate(Duration time) {
        return time.minus(start.sinceBoot()).compareTo(settings.timeLimit()) > 0;
    }

    /** How many own requests the budget allows in a window of the least of the shown limits. */
    private long allowed() {
        return (long) Math.floor(leastLimit() * settings.shareOfLimit());
    }

    private long leastLimit() {
        return ahead.keySet().stream().mapToLong(limit -> limit).min().orElse(focus);
    }

    private Shape shape() {
        Duration tolerance = verdict.exactTolerance(length);
        Duration gap = max(length.dividedBy(24), tolerance.plus(blur).multipliedBy(2).plusMillis(200));
        int burst = allowed() >= (buckets ? 21 : 11) ? 5 : allowed() >= 9 ? 3 : 0;
        while (burst > 3 && gap.multipliedBy(burst - 1L).compareTo(length.multipliedBy(45).dividedBy(100)) > 0) {
            burst--;
        }
        return new Shape(length, gap, burst, buckets);
    }

    /** After a round: one model stands, or none does, or another round is needed. */
    private void conclude(Duration now) {
        CalibratorCycle over = requireNonNull(round, "no round is over");
        rounds.add(over);
        round = null;
        CalibratorVerdict.Finding finding = verdict.of(focus, length, rounds);
        switch (finding) {
            case CalibratorVerdict.Found found -> done = calibration(found.window());
            case CalibratorVerdict.Refuted refuted -> end(refuted.why());
            case CalibratorVerdict.Undecided undecided -> again(over, undecided.buckets(), now);
        }
    }

    private void again(CalibratorCycle over, boolean inBuckets, Duration now) {
        if (rounds.size() >= MOST_ROUNDS) {
            end(CalibrationReason.TIME_OUT);
            return;
        }
        boolean changed = inBuckets && !buckets;
        buckets |= inBuckets;
        Shape shape = shape();
        if (shape.burst() < (buckets ? 5 : 3)) {
            end(CalibrationReason.BUDGET);
            return;
        }
        Duration begin = over.begin().plus(changed ? shape.period() : over.shape().period());
        Duration from = max(begin, now);
        if (isTooLate(from.plus(shape.duration()))) {
            end(CalibrationReason.TIME_OUT);
            return;
        }
        round = new CalibratorCycle(shape, from);
    }

    private void end(CalibrationReason why) {
        done = focus == 0
                ? new Calibration(group, List.of(), why)
                : calibration(CalibratedWindow.unknown(focus, why));
    }

    /** The window in view as it was found, the others that were shown as not measured. */
    private Calibration calibration(CalibratedWindow found) {
        List<CalibratedWindow> windows = new ArrayList<>();
        for (long limit : ahead.keySet()) {
            boolean longer = guess(limit).compareTo(length) > 0;
            windows.add(limit == focus
                    ? found
                    : CalibratedWindow.unknown(limit,
                            longer ? CalibrationReason.TOO_LONG : CalibrationReason.AMBIGUOUS));
        }
        return new Calibration(group, windows, found.reason());
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
