package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A stretch of time, within one boot of this host, in which a limiter certainly counted nobody's request but ours.
 *
 * @param from its open begin: silence holds after it
 * @param to its closed end, not before {@code from}
 */
public record SilentSpan(Moment from, Moment to) {
    public SilentSpan {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (!from.boot().equals(to.boot()) || to.sinceBoot().compareTo(from.sinceBoot()) < 0) {
            throw new IllegalArgumentException("a silent span ends after it begins, within one boot");
        }
    }

    public Duration length() {
        return to.sinceBoot().minus(from.sinceBoot());
    }

    /** The time that lies in both, if there is any. */
    public Optional<SilentSpan> intersect(SilentSpan other) {
        if (!from.boot().equals(other.from.boot())) {
            return Optional.empty();
        }
        Moment later = isBefore(from, other.from) ? other.from : from;
        Moment sooner = isBefore(to, other.to) ? to : other.to;
        return isBefore(later, sooner) ? Optional.of(new SilentSpan(later, sooner)) : Optional.empty();
    }

    /** What of it lies after a moment; all of it where that was in another boot, empty where nothing is left. */
    public Optional<SilentSpan> after(Moment moment) {
        if (!moment.boot().equals(from.boot()) || !isBefore(from, moment)) {
            return Optional.of(this);
        }
        return isBefore(moment, to) ? Optional.of(new SilentSpan(moment, to)) : Optional.empty();
    }

    /** This span and another as one, if no gap lies between them. */
    Optional<SilentSpan> join(SilentSpan next) {
        if (!from.boot().equals(next.from.boot()) || isBefore(to, next.from) || isBefore(next.to, from)) {
            return Optional.empty();
        }
        return Optional
                .of(new SilentSpan(isBefore(from, next.from) ? from : next.from, isBefore(to, next.to) ? next.to : to));
    }

    private static boolean isBefore(Moment a, Moment b) {
        return a.sinceBoot().compareTo(b.sinceBoot()) < 0;
    }
}
