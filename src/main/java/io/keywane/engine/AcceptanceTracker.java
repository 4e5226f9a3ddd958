package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.usage.ProbeOutcome;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * What the API says of one version: a first 401 is a suspicion, confirmed only by two more while the control request works.
 * Any authenticated answer clears it.
 */
final class AcceptanceTracker {
    /** Refusals, the first included, that confirm each other. */
    static final int CONFIRMED = 3;
    /** How far apart confirming probes are. */
    static final Duration CONFIRMING_GAP = Duration.ofSeconds(1);

    private int refusals;
    private boolean accepted;
    private @Nullable Moment lastAccepted;

    /**
     * Takes in an outcome.
     *
     * @param controlWorks whether the control request worked just before; without it a refusal confirms nothing
     */
    void observe(ProbeOutcome outcome, Moment at, boolean controlWorks) {
        if (outcome.isAccepted()) {
            refusals = 0;
            accepted = true;
            lastAccepted = at;
            return;
        }
        if (outcome != ProbeOutcome.REJECTED) {
            return;
        }
        accepted = false;
        if (refusals == 0 || controlWorks) {
            refusals = Math.min(CONFIRMED, refusals + 1);
        }
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Refused once or twice: two confirming probes are due within the interval. */
    boolean isSuspected() {
        return refusals > 0 && refusals < CONFIRMED;
    }

    boolean isConfirmedRefused() {
        return refusals >= CONFIRMED;
    }

    Optional<Moment> lastAccepted() {
        return Optional.ofNullable(lastAccepted);
    }
}
