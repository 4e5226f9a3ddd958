package io.keywane.rotation;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How the load moved from a leaving version to the current one, in the time in which the leaving one is silent (or of late,
 * while it is not).
 *
 * @param from where the compared time begins; empty where nothing is compared
 * @param to where it ends
 * @param groups the load of each limiter group
 * @param lately the newest part of it, by which a new key that died in the meantime shows
 */
public record SwitchEvidence(Optional<Moment> from, Optional<Moment> to, List<GroupSwitch> groups, Lately lately) {
    /** Nothing is known. */
    public static final SwitchEvidence NONE = new SwitchEvidence(Optional.empty(), Optional.empty(), List.of(),
            Lately.NONE);

    /**
     * What the new key carries of late, over all groups.
     *
     * @param expected the most requests that were to be expected
     * @param carried the most that it carried
     */
    public record Lately(Duration span, double expected, double carried) {
        static final Lately NONE = new Lately(Duration.ZERO, 0, 0);
        /** From so many expected requests on, none at all is no chance. */
        private static final double ENOUGH = 10;

        public Lately {
            requireNonNull(span, "span is null");
        }

        boolean isDead() {
            return expected >= ENOUGH && carried <= 0;
        }
    }

    public SwitchEvidence {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        groups = List.copyOf(groups);
        requireNonNull(lately, "lately is null");
    }
}
