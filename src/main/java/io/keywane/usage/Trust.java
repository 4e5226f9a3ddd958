package io.keywane.usage;

import io.keywane.key.Moment;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Whether a group's counter may be believed. After a contradiction nothing is claimed until enough samples were
 * consistent and three windows have passed; after the third contradiction, never again on this version.
 */
final class Trust {
    private static final int SAMPLES_TO_REGAIN = 8;
    private static final int CONTRADICTIONS_TO_LOSE = 3;

    private int contradictions;
    private @Nullable Moment incident;
    private int consistent;
    private @Nullable Moment blindSince;
    private Duration blindFor = Duration.ZERO;

    /** All contradictions within a window of the first are one: own requests that a wiped counter lost show up again. */
    void contradicted(Moment at, Duration window) {
        Moment first = incident;
        if (first == null || at.isAtLeastAfter(first, window)) {
            contradictions++;
            incident = at;
        }
        consistent = 0;
        blind(at, window.multipliedBy(3));
    }

    /** Claims nothing for a span; a longer blindness already under way goes on. */
    void blind(Moment at, Duration span) {
        Moment since = blindSince;
        if (since != null && !at.plus(span).isAtLeastAfter(since, blindFor)) {
            return;
        }
        blindSince = at;
        blindFor = span;
    }

    void consistent() {
        consistent++;
    }

    boolean isEarned(Moment now) {
        if (contradictions >= CONTRADICTIONS_TO_LOSE) {
            return false;
        }
        if (contradictions > 0 && consistent < SAMPLES_TO_REGAIN) {
            return false;
        }
        Moment since = blindSince;
        return since == null || now.isAtLeastAfter(since, blindFor);
    }
}
