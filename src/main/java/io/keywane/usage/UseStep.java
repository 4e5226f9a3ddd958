package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;

import static java.util.Objects.requireNonNull;

/**
 * How many requests others made with one key version in one group between two moments.
 *
 * @param from the sample before, or the begin of the first of several steps taken together
 * @param to the sample that ends it
 * @param use the count, with the time that was observed
 * @param resolution the time over which the count is an average: the step itself, or the window that was shown
 */
public record UseStep(Moment from, Moment to, ForeignRate use, Duration resolution) {
    public UseStep {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(use, "use is null");
        requireNonNull(resolution, "resolution is null");
    }

    /** This step and the one that follows it as one. */
    UseStep then(UseStep next) {
        return new UseStep(from, next.to, use.then(next.use),
                resolution.compareTo(next.resolution) > 0 ? resolution : next.resolution);
    }

    /** Whether certainly nobody else made a request, at any time of it. */
    boolean isSilent() {
        return use.hi() == 0 && use.covered().equals(use.span());
    }

    /** The part of a silent step that lies within two moments; the step itself where none of it does. */
    UseStep silentWithin(Moment begin, Moment end) {
        boolean oneBoot = from.boot().equals(to.boot()) && begin.boot().equals(end.boot())
                && from.boot().equals(begin.boot());
        Moment first = from.sinceBoot().compareTo(begin.sinceBoot()) < 0 ? begin : from;
        Moment last = to.sinceBoot().compareTo(end.sinceBoot()) > 0 ? end : to;
        if (!oneBoot || first.sinceBoot().compareTo(last.sinceBoot()) >= 0) {
            return this;
        }
        Duration length = last.sinceBoot().minus(first.sinceBoot());
        return new UseStep(first, last, new ForeignRate(0, 0, length, length), resolution);
    }
}
