package io.keywane.usage;

import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static java.util.Objects.requireNonNull;

/** The ordered rules that say what one answered sample tells of foreign use: the first that speaks wins. */
final class Judge {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final OwnRequests own;
    private final WindowLookup windows;
    private final Trust trust;
    private final ServerClock serverClock;
    private final WindowMap map = new WindowMap();
    private @Nullable Instant lastDate;
    private @Nullable RateLimitReading lastReading;

    Judge(OwnRequests own, WindowLookup windows, Trust trust, ServerClock serverClock) {
        this.own = requireNonNull(own, "own is null");
        this.windows = requireNonNull(windows, "windows is null");
        this.trust = requireNonNull(trust, "trust is null");
        this.serverClock = requireNonNull(serverClock, "serverClock is null");
    }

    /**
     * Judges an answer that has limit headers and a Date.
     *
     * @param received when it was counted, as far as sending and receiving tell
     */
    Judgement judge(Sample sample, Shot received) {
        RateLimitReading reading = sample.headers().rateLimit().orElseThrow();
        Instant date = sample.headers().date().orElseThrow();
        OptionalLong back = serverClock.stepSeenBy(received.min(), received.max(), date, sample.received().wall());
        if (back.isPresent()) {
            own.distrust();
            trust.stepped(received.max(), back.getAsLong());
            return new Judgement(Verdict.UNKNOWN, UsageReason.CLOCK_STEP, received);
        }
        if (repeats(sample, received)) {
            return new Judgement(Verdict.UNKNOWN, UsageReason.REPEATED, received);
        }
        Shot shot = new Shot(received.min(), serverClock.latestCount(received.max(), date), received.self());
        own.answered(shot, reading, windows.known().stream().anyMatch(w -> w.model().kind() == Kind.FIXED));
        Optional<KnownWindow> found = windows.find(reading.limit());
        map.show(reading.limit(), found.isPresent());
        if (found.isEmpty()) {
            return new Judgement(Verdict.UNKNOWN, UsageReason.NO_MODEL, shot);
        }
        KnownWindow window = found.get();
        window.since().ifPresent(trust::calibrated);
        if (map.isRefuted(window.model(), reading.reset(), date)) {
            waitForReset(shot, window.model(), Duration.between(date, reading.reset()));
            return new Judgement(Verdict.UNKNOWN, UsageReason.WINDOW_REFUTED, shot);
        }
        if (trust.isBlind(shot.min(), Millis.ceil(window.model().outside()))) {
            return new Judgement(Verdict.UNKNOWN, UsageReason.CLOCK_STEP, shot);
        }
        return count(sample, shot, reading, window);
    }

    /**
     * Whether an answer may be a copy of the one before, so that its request may not be counted. To be asked of every answer
     * once, also where nothing is concluded from it: the next may be its copy.
     */
    boolean repeats(Sample sample, Shot shot) {
        boolean isCopy = isRepeated(sample.headers().rateLimit().orElseThrow(),
                sample.headers().date().orElseThrow());
        if (isCopy) {
            own.distrust(shot);
        }
        return isCopy;
    }

    /**
     * A cache's copy of the answer before passes for a fresh one while its Date is not too old. Two fresh answers of one
     * second differ in Remaining: the second counts a request more.
     */
    private boolean isRepeated(RateLimitReading reading, Instant date) {
        boolean isSame = date.equals(lastDate) && reading.equals(lastReading);
        lastDate = date;
        lastReading = reading;
        return isSame;
    }

    /** The end of a fixed window is further off than it is long: the clock was moved back in it, unseen by this group. */
    private void waitForReset(Shot shot, WindowModel model, Duration ahead) {
        if (model.kind() == Kind.FIXED) {
            trust.blindUntil(shot.max() + Millis.ceil(ahead.minus(model.length())));
        }
    }

    /** The plan gave no access: when it does again, it is another plan, and a limit may stand for another window. */
    void closed() {
        map.close();
    }

    private Judgement count(Sample sample, Shot shot, RateLimitReading reading, KnownWindow window) {
        WindowModel model = window.model();
        Instant date = sample.headers().date().orElseThrow();
        OwnCount ours = ours(sample, shot, reading, model);
        long used = reading.limit() - reading.remaining() + (model.countsAnswered() ? 0 : 1);
        long hi = used - ours.range().lo();
        boolean contradicts = hi < 0 || isWiped(shot, ours, reading, date, model);
        if (!holds(shot, ours, reading, date, model, hi == 0 && !contradicts)) {
            return whateverWindow(sample, shot, reading, window, UsageReason.LIMIT_CHANGED);
        }
        if (contradicts) {
            return contradiction(sample, shot, model);
        }
        CountRange foreign = new CountRange(Math.max(0, used - ours.range().hi()), hi);
        if (foreign.isPositive()) {
            trust.consistent();
            return isTrusted(shot, window)
                    ? new Judgement(Verdict.IN_USE, window.reason(), shot, foreign, window, ours)
                    : whateverWindow(sample, shot, reading, window, UsageReason.DISTRUSTED);
        }
        if (reading.remaining() == 0) {
            return new Judgement(Verdict.UNKNOWN, UsageReason.LIMIT_REACHED, shot);
        }
        if (!foreign.isZero()) {
            if (!isTrusted(shot, window)) {
                return new Judgement(Verdict.UNKNOWN, UsageReason.DISTRUSTED, shot);
            }
            return new Judgement(Verdict.UNDETERMINED, window.reason(), shot, foreign, window, ours);
        }
        return silent(sample, shot, reading, window, ours);
    }

    private boolean holds(
            Shot shot, OwnCount ours, RateLimitReading reading, Instant date, WindowModel model, boolean isSilent) {
        List<KnownWindow> known = windows.known();
        if (map.holds(model, known, reading.reset(), date)) {
            return true;
        }
        return isSilent && resetFits(shot, ours, reading, date, model)
                && map.isRenewedBy(model, known, sureAge(shot, ours));
    }

    /** Which window is shown is not certain; but what exceeds all our requests of a day is use in any. */
    private Judgement whateverWindow(
            Sample sample, Shot shot, RateLimitReading reading, KnownWindow window, UsageReason why) {
        long used = reading.limit() - reading.remaining();
        long lo = used - own.countWithin(sample.received(), GroupAccount.MEMORY);
        if (lo > 0) {
            return new Judgement(Verdict.IN_USE, why, shot, new CountRange(lo, used), window, null);
        }
        return new Judgement(Verdict.UNKNOWN, why, shot);
    }

    private OwnCount ours(Sample sample, Shot shot, RateLimitReading reading, WindowModel model) {
        int strangers = own.strangers(sample.sent(), model);
        if (model.kind() == Kind.ROLLING) {
            return own.windows().countRolling(shot, model, strangers);
        }
        long start = serverClock.earliest(reading.reset().minus(model.length())) - Millis.ceil(model.drift());
        return own.windows().countFixed(shot, reading, start, strangers);
    }

    private Judgement silent(Sample sample, Shot shot, RateLimitReading reading, KnownWindow window, OwnCount ours) {
        if (!resetFits(shot, ours, reading, sample.headers().date().orElseThrow(), window.model())) {
            return contradiction(sample, shot, window.model());
        }
        trust.consistent();
        if (!isTrusted(shot, window)) {
            return new Judgement(Verdict.UNKNOWN, UsageReason.DISTRUSTED, shot);
        }
        return new Judgement(Verdict.SILENT, window.reason(), shot, CountRange.ZERO, window, ours);
    }

    /** By what this key showed, and by what other keys of the plan did. */
    private boolean isTrusted(Shot shot, KnownWindow window) {
        return trust.isEarned(shot.min()) && windows.trusted().contains(window);
    }

    private Judgement contradiction(Sample sample, Shot shot, WindowModel model) {
        trust.contradicted(shot.max(), Millis.ceil(model.length()), sample.received().wall());
        return new Judgement(Verdict.UNKNOWN, UsageReason.CONTRADICTION, shot);
    }

    /** A counter that has lost our oldest certain request shows a Reset that is too late. */
    private boolean isWiped(Shot shot, OwnCount ours, RateLimitReading reading, Instant date, WindowModel model) {
        if (model.kind() != Kind.ROLLING || model.reset() != ResetMeaning.OLDEST_PLUS_WINDOW || ours.witness() < 0) {
            return false;
        }
        return sinceOldest(reading, date, model)
                .compareTo(sureAge(shot, ours).minus(model.edge())) < 0;
    }

    /**
     * In a silent sample the window holds nothing but our own requests that are certainly in it, so Reset can be foretold:
     * those in doubt were not counted, for then there would be more.
     */
    private boolean resetFits(Shot shot, OwnCount ours, RateLimitReading reading, Instant date, WindowModel model) {
        if (model.kind() == Kind.FIXED || model.reset() != ResetMeaning.OLDEST_PLUS_WINDOW) {
            return true;
        }
        Duration sinceOldest = sinceOldest(reading, date, model);
        int oldest = ours.witness() < 0 ? shot.self() : ours.witness();
        Duration age = oldest < 0 ? Duration.ZERO : Duration.ofMillis(shot.max() - own.windows().min(oldest));
        return sinceOldest.compareTo(age.plus(model.tolerance()).plus(model.drift()).plus(SECOND)) <= 0
                && !isWiped(shot, ours, reading, date, model);
    }

    /** By Reset and Date: how long ago the oldest request in the window was counted. */
    private static Duration sinceOldest(RateLimitReading reading, Instant date, WindowModel model) {
        return model.length().minus(Duration.between(date, reading.reset()));
    }

    /** The least age of our oldest request that is certainly in the window; zero if there is none. */
    private Duration sureAge(Shot shot, OwnCount ours) {
        return ours.witness() < 0
                ? Duration.ZERO
                : Duration.ofMillis(shot.min() - own.windows().max(ours.witness()));
    }
}
