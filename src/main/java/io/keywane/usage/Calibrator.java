package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.CalibratorCycle.Shape;
import io.keywane.usage.CalibratorStep.Done;
import io.keywane.usage.CalibratorStep.Send;
import io.keywane.usage.CalibratorStep.Target;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private final LimiterGroup group;
    private final CalibratorSettings settings;
    private final Moment start;
    private final CalibratorLog log = new CalibratorLog();
    private final CalibratorVerdict verdict;
    private final CalibratorView view;
    private final List<CalibratorCycle> rounds = new ArrayList<>();
    private @Nullable CalibratorCheck check;
    private @Nullable CalibratorCycle round;
    private @Nullable Duration quietAt;
    private @Nullable Duration asked;
    private @Nullable Calibration done;
    private @Nullable CalibratorTail tail;
    private Observed apart = Observed.UNKNOWN;
    private boolean confirmed;
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
        this.view = new CalibratorView(settings);
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
        Target target = target();
        if (target == Target.OTHER_KEY) {
            return new Send(at(due.orElseThrow()), target);
        }
        asked = affordable(due.orElseThrow());
        return new Send(at(asked), target);
    }

    private Moment at(Duration time) {
        return start.plus(time.minus(start.sinceBoot()));
    }

    private Target target() {
        CalibratorTail ending = tail;
        if (ending != null) {
            return ending.target();
        }
        CalibratorCycle present = round;
        return present != null && present.isOtherDue() ? Target.OTHER_KEY : Target.THIS_KEY;
    }

    /** Takes in the sample of one of our own requests with another key of the organisation, asked for or not. */
    public void other(Sample sample) {
        if (done != null || !sample.group().equals(group)) {
            return;
        }
        log.addOther(CalibratorShot.of(sample));
        skipOther();
    }

    /** No request can be sent with another key now. */
    public void skipOther() {
        CalibratorCycle present = round;
        if (present != null && present.isOtherDue()) {
            present.otherSent();
        }
    }

    /** Ends it before its time, if it is not over. */
    public void giveUp(CalibrationReason why) {
        requireNonNull(why, "why is null");
        CalibratorTail ending = tail;
        if (done != null) {
            return;
        }
        if (ending != null) {
            done = calibration(ending.found());
            return;
        }
        end(why);
    }

    /** Whether it ended because what was known before fits. */
    public boolean isConfirmed() {
        return confirmed;
    }

    /** How many rounds are over. */
    public int rounds() {
        return rounds.size();
    }

    /** No sooner than the budget allows one more request in the window. */
    private Duration affordable(Duration time) {
        long allowed = view.allowed();
        if (view.limit() == 0 || log.size() < allowed) {
            return time;
        }
        CalibratorShot oldest = log.shot((int) (log.size() - Math.max(1, allowed)));
        return max(time, oldest.latest().plus(view.length()));
    }

    private Optional<Duration> due(Duration now) {
        CalibratorCheck checking = check;
        if (checking != null) {
            return Optional.of(checking.due(now));
        }
        CalibratorTail ending = tail;
        if (ending != null) {
            return Optional.of(ending.due(now));
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
        CalibratorTail ending = tail;
        if (ending != null) {
            follow(ending, sample, isAsked);
            return;
        }
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

    private void follow(CalibratorTail ending, Sample sample, boolean isAsked) {
        if (isAsked) {
            ending.took(log, sample.status());
        }
        if (ending.isOver()) {
            done = calibration(ending.found(), ending.counts(log));
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
        if (view.learn(shot, Optional.ofNullable(asked))) {
            begin(shot.latest());
        }
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
            case CONFIRMED -> {
                confirmed = true;
                done = checking.known();
            }
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
        if (!view.focus()) {
            return false;
        }
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

    /** Begins the rounds once the answers show our own requests alone. */
    private void settle(CalibratorShot shot) {
        int last = log.size() - 1;
        if (verdict.isQuiet(last, view.length())) {
            quietAt = null;
            round = new CalibratorCycle(view.shape(), shot.latest(), settings.otherKey());
            return;
        }
        if (waits >= WAITS_FOR_QUIET) {
            end(CalibrationReason.NOT_FRESH);
            return;
        }
        waits++;
        log.startAfresh();
        quietAt = explaining(last).map(length -> quiet(shot, length)).filter(at -> !isTooLate(at))
                .orElse(quiet(shot, view.length()));
        if (isTooLate(quietAt)) {
            end(CalibrationReason.NOT_FRESH);
        }
    }

    private static Duration quiet(CalibratorShot shot, Duration length) {
        return shot.latest().plus(length).plus(length.dividedBy(8));
    }

    /**
     * The shortest longer window that would hold no more than our own requests: with an own request in it that is old, the
     * Reset lies near, and a window looks shorter than it is.
     */
    private Optional<Duration> explaining(int at) {
        return settings.lengths().stream().filter(length -> length.compareTo(view.length()) > 0)
                .filter(length -> verdict.isQuiet(at, length)).findFirst();
    }

    /** Gives up at once where the limits of time or budget allow no three rounds. */
    private void plan(Duration now) {
        Shape shape = view.shape();
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

    /** After a round: one model stands, or none does, or another round is needed. */
    private void conclude(Duration now) {
        CalibratorCycle over = requireNonNull(round, "no round is over");
        rounds.add(over);
        round = null;
        CalibratorVerdict.Finding finding = verdict.of(view.limit(), view.length(), rounds);
        switch (finding) {
            case CalibratorVerdict.Found found -> {
                apart = found.apart();
                if (settings.missing()) {
                    tail = new CalibratorTail(found.window(), log, now);
                } else {
                    done = calibration(found.window());
                }
            }
            case CalibratorVerdict.Refuted refuted -> end(refuted.why());
            case CalibratorVerdict.Undecided undecided -> again(over, undecided.buckets(), now);
        }
    }

    private void again(CalibratorCycle over, boolean inBuckets, Duration now) {
        if (rounds.size() >= MOST_ROUNDS) {
            end(CalibrationReason.TIME_OUT);
            return;
        }
        boolean changed = inBuckets && view.expectBuckets();
        Shape shape = view.shape();
        if (shape.burst() < (shape.buckets() ? 5 : 3)) {
            end(CalibrationReason.BUDGET);
            return;
        }
        Duration begin = over.begin().plus(changed ? shape.period() : over.shape().period());
        Duration from = max(begin, now);
        if (isTooLate(from.plus(shape.duration()))) {
            end(CalibrationReason.TIME_OUT);
            return;
        }
        round = new CalibratorCycle(shape, from, settings.otherKey());
    }

    private void end(CalibrationReason why) {
        done = view.limit() == 0
                ? Calibration.ended(group, why)
                : calibration(CalibratedWindow.unknown(view.limit(), why));
    }

    /** The window in view as it was found, the others that were shown as not measured. */
    private Calibration calibration(CalibratedWindow found) {
        return calibration(found, Observed.UNKNOWN);
    }

    private Calibration calibration(CalibratedWindow found, Observed countsMissing) {
        return new Calibration(group, view.windows(found), found.reason(), apart, countsMissing);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
