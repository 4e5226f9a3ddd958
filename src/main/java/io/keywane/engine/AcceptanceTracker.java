package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.usage.ProbeOutcome;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * What the API says of one version: a first 401 is a suspicion, confirmed only by two more while the control request works.
 * Any authenticated answer clears it. A confirmed refusal condemns the key only if, between two refusals, another key of the
 * organisation was accepted: else it may be the header that is stripped on the way.
 */
final class AcceptanceTracker {
    /** Refusals, the first included, that confirm each other. */
    static final int CONFIRMED = 3;
    /** How far apart confirming probes are. */
    static final Duration CONFIRMING_GAP = Duration.ofSeconds(1);

    private int refusals;
    private boolean accepted;
    private boolean anotherAccepted;
    private boolean vouched;
    private @Nullable Moment refusedSince;

    /**
     * Takes in an outcome.
     *
     * @param at when it came
     * @param controlWorks whether the control request worked just before; without it a refusal confirms nothing
     */
    void observe(ProbeOutcome outcome, boolean controlWorks, Moment at) {
        if (outcome.isAccepted()) {
            refusals = 0;
            accepted = true;
            anotherAccepted = false;
            vouched = false;
            refusedSince = null;
            return;
        }
        if (outcome != ProbeOutcome.REJECTED) {
            return;
        }
        accepted = false;
        if (refusals == 0) {
            refusedSince = at;
        }
        vouched |= anotherAccepted;
        if (refusals == 0 || controlWorks) {
            refusals = Math.min(CONFIRMED, refusals + 1);
        }
    }

    /** The first refusal since which the key was not accepted; empty where the latest answer that tells it accepted it. */
    Optional<Moment> refusedSince() {
        return Optional.ofNullable(refusedSince);
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

    /** Another key of the organisation was accepted just now. */
    void anotherAccepted() {
        anotherAccepted = refusals > 0;
    }

    /** Refused for certain while other keys are accepted. */
    boolean isCondemned() {
        return isConfirmedRefused() && vouched;
    }
}
