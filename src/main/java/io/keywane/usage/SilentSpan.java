package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A stretch of time, within one boot of this host, in which a limiter certainly counted nobody's request but ours, but for
 * the holes that a policy let pass.
 *
 * @param from its open begin: silence holds after it
 * @param to its closed end, not before {@code from}
 * @param holes what lies in it and was not observed, in the order of time; adds nothing to its length
 */
public record SilentSpan(Moment from, Moment to, List<Hole> holes) {
    /** Why a hole is there. */
    public enum Cause {
        /** The answer to a request of ours was lost, so that a count stayed unexplained. */
        LOST_REPLY("replies to own requests were lost"),
        /** The end of a fixed window, after its last sample. */
        WINDOW_END("the end of a fixed window is not seen");

        private final String sentence;

        Cause(String sentence) {
            this.sentence = sentence;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String sentence() {
            return sentence;
        }
    }

    /**
     * A stretch that was not observed.
     *
     * @param unexplained how many requests in it were either ours or somebody else's; 0 where none could be seen
     */
    public record Hole(Cause cause, Moment from, Moment to, int unexplained) {
        public Hole {
            requireNonNull(cause, "cause is null");
            requireOrder(from, to);
        }

        public Duration length() {
            return to.sinceBoot().minus(from.sinceBoot());
        }
    }

    public SilentSpan {
        requireOrder(from, to);
        holes = List.copyOf(holes);
    }

    /** A span without holes. */
    public SilentSpan(Moment from, Moment to) {
        this(from, to, List.of());
    }

    private static void requireOrder(Moment from, Moment to) {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (!from.boot().equals(to.boot()) || isBefore(to, from)) {
            throw new IllegalArgumentException("a silent span ends after it begins, within one boot");
        }
    }

    /** The time that was observed: from begin to end, less the holes. */
    public Duration length() {
        Duration length = to.sinceBoot().minus(from.sinceBoot());
        Moment seen = from;
        for (Hole hole : holes) {
            Moment begin = later(seen, hole.from());
            Moment end = sooner(to, hole.to());
            if (isBefore(begin, end)) {
                length = length.minus(end.sinceBoot().minus(begin.sinceBoot()));
                seen = end;
            }
        }
        return length;
    }

    /** The holes of one cause, together. */
    public Duration unseen(Cause cause) {
        return holes.stream().filter(h -> h.cause() == cause).map(Hole::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** The time that lies in both, if there is any; the holes of both lie in it. */
    public Optional<SilentSpan> intersect(SilentSpan other) {
        if (!from.boot().equals(other.from.boot())) {
            return Optional.empty();
        }
        Moment begin = later(from, other.from);
        Moment end = sooner(to, other.to);
        if (!isBefore(begin, end)) {
            return Optional.empty();
        }
        List<Hole> both = new ArrayList<>(holes);
        both.addAll(other.holes);
        both.removeIf(hole -> !isBefore(begin, hole.to()) || !isBefore(hole.from(), end));
        both.sort(Comparator.comparing(hole -> hole.from().sinceBoot()));
        return Optional.of(new SilentSpan(begin, end, both));
    }

    /** What of it lies after a moment; all of it where that was in another boot, empty where nothing is left. */
    public Optional<SilentSpan> after(Moment moment) {
        if (!moment.boot().equals(from.boot()) || !isBefore(from, moment)) {
            return Optional.of(this);
        }
        return isBefore(moment, to) ? intersect(new SilentSpan(moment, to)) : Optional.empty();
    }

    /** The latest part of this span in which the holes of a cause together are no longer than this. */
    public SilentSpan withAtMost(Cause cause, Duration most) {
        SilentSpan part = this;
        while (part.unseen(cause).compareTo(most) > 0) {
            Hole oldest = part.holes.stream().filter(h -> h.cause() == cause).findFirst().orElseThrow();
            Moment begin = sooner(to, later(part.from, oldest.to()));
            // Gone also where it reaches beyond the end, as it does where another group's silence ends within it.
            List<Hole> kept = part.holes.stream().filter(h -> isBefore(begin, sooner(to, h.to()))).toList();
            part = new SilentSpan(begin, to, kept);
        }
        return part;
    }

    private static Moment later(Moment a, Moment b) {
        return isBefore(a, b) ? b : a;
    }

    private static Moment sooner(Moment a, Moment b) {
        return isBefore(b, a) ? b : a;
    }

    private static boolean isBefore(Moment a, Moment b) {
        return a.sinceBoot().compareTo(b.sinceBoot()) < 0;
    }
}
