package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What one probe brought back: the record that travels from the probe client to history, accounting, alerts and metrics.
 *
 * @param request identity of the ledger entry
 * @param version the key version that was probed
 * @param group the limiter that counts the request
 * @param kind why it was sent
 * @param sent taken before sending
 * @param received taken when the answer was complete, or the wait for it ended
 * @param status the HTTP status, 0 where there was no answer
 * @param outcome what it says of the key
 * @param failure why the outcome is unknown; present exactly then
 * @param headers what the headers say
 */
public record Sample(
        String request,
        VersionId version,
        LimiterGroup group,
        ProbeKind kind,
        Moment sent,
        Moment received,
        int status,
        ProbeOutcome outcome,
        Optional<ProbeFailure> failure,
        AnswerHeaders headers) {
    public Sample {
        requireNonNull(request, "request is null");
        requireNonNull(version, "version is null");
        requireNonNull(group, "group is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(sent, "sent is null");
        requireNonNull(received, "received is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(failure, "failure is null");
        requireNonNull(headers, "headers is null");
        if (failure.isPresent() != (outcome == ProbeOutcome.UNKNOWN)) {
            throw new IllegalArgumentException("a sample has a failure exactly when its outcome is UNKNOWN");
        }
    }

    /** Whether the answer proves that the limiter counted the request: a success with valid limit headers and a date. */
    public boolean isCountedForCertain() {
        return status >= 200 && status < 300 && outcome == ProbeOutcome.VALID && headers.rateLimit().isPresent()
                && headers.date().isPresent();
    }

    /** How the ledger entry of this probe is to be settled. */
    public OwnFate fate() {
        return isCountedForCertain() ? OwnFate.COUNTED : OwnFate.UNKNOWN;
    }
}
