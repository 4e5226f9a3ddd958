package io.keywane.usage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The idle times of one group, from what was certainly silent and certainly in use, in the order of time.
 *
 * <p>A hole in what was observed is bridged only while all holes together are at most a tenth of the idle time around them:
 * a lost probe does not split a night in two, and a daemon that was down is no idle time.
 */
final class IdleGaps {
    private static final int BRIDGED = 10;
    private static final Duration ONE_OCCASION = Duration.ofHours(1);

    private @Nullable Instant from;
    private Instant to = Instant.MIN;
    private Duration holes = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private @Nullable Instant longestEnd;
    private Duration returned = Duration.ZERO;
    private @Nullable Instant firstUse;
    private Instant lastUse = Instant.MIN;
    private boolean using;
    private int occasions;

    /** Takes in a point, given the one before it of the same version. */
    void take(@Nullable UsagePoint before, UsagePoint point) {
        Instant at = point.at().wall();
        switch (point.verdict()) {
            case IN_USE -> used(at);
            case SILENT -> silent(at.minus(point.window()), at);
            case CLOSED -> {
                silent(before != null && before.verdict() == UsagePoint.Verdict.CLOSED ? before.at().wall() : at, at);
            }
            case UNDETERMINED, UNKNOWN -> {
            } // neither idle nor use
        }
    }

    /** Certainly nobody used it between these. */
    void silent(Instant begin, Instant end) {
        using = false;
        if (from == null) {
            start(begin, end);
            return;
        }
        if (!bridges(begin)) {
            close();
            start(begin, end);
            return;
        }
        to = end.isAfter(to) ? end : to;
    }

    /** Certainly somebody used it, in the time that ends here. */
    void used(Instant at) {
        if (!using) {
            occasions++;
            using = true;
        }
        if (firstUse == null) {
            firstUse = at;
        }
        lastUse = at;
        if (from != null) {
            if (bridges(at)) {
                to = at;
            }
            Duration idle = Duration.between(from, to);
            returned = firstUse.isBefore(at) && idle.compareTo(returned) > 0 ? idle : returned;
            close();
        }
    }

    /** The idle time under way counts as well. */
    void end() {
        if (from != null) {
            close();
        }
    }

    Duration longest() {
        return longest;
    }

    /** The longest idle time between two uses. */
    Duration returned() {
        return returned;
    }

    Optional<Instant> longestEnd() {
        return Optional.ofNullable(longestEnd);
    }

    GroupCadence.Use use() {
        if (firstUse == null) {
            return GroupCadence.Use.NEVER;
        }
        boolean once = occasions == 1 && Duration.between(firstUse, lastUse).compareTo(ONE_OCCASION) < 0;
        return once ? GroupCadence.Use.ONCE : GroupCadence.Use.REPEATED;
    }

    private void start(Instant begin, Instant end) {
        from = begin;
        to = end;
        holes = Duration.ZERO;
    }

    /** Whether the time up to the next thing seen may be taken as part of the idle time; if so it is noted as a hole. */
    private boolean bridges(Instant next) {
        Instant begin = from;
        if (begin == null || !next.isAfter(to)) {
            return begin != null;
        }
        Duration all = holes.plus(Duration.between(to, next));
        if (all.multipliedBy(BRIDGED).compareTo(Duration.between(begin, next)) > 0) {
            return false;
        }
        holes = all;
        return true;
    }

    private void close() {
        Instant begin = from;
        if (begin != null && Duration.between(begin, to).compareTo(longest) > 0) {
            longest = Duration.between(begin, to);
            longestEnd = to;
        }
        from = null;
    }
}
