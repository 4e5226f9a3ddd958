package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import java.time.Duration;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One request of our own, as the ledger keeps it: written durably <em>before</em> it is sent, settled when its fate is
 * known.
 *
 * <p>It counts as one only if it was certainly counted; in doubt it counts as nought to one, so that a request of somebody
 * else is never taken for ours.
 *
 * @param id identity, unique for ever
 * @param version the key version it carries
 * @param group the limiter that counts it
 * @param sent taken just before sending
 * @param fate what became of it
 * @param settled when the answer was complete or the wait for it ended; empty while pending
 */
public record OwnRequest(
        String id, VersionId version, LimiterGroup group, Moment sent, OwnFate fate, Optional<Moment> settled) {
    /** How long after sending a request without an answer may still reach the limiter. */
    public static final Duration LONGEST_FLIGHT = Duration.ofSeconds(30);

    public OwnRequest {
        requireNonNull(id, "id is null");
        requireNonNull(version, "version is null");
        requireNonNull(group, "group is null");
        requireNonNull(sent, "sent is null");
        requireNonNull(fate, "fate is null");
        requireNonNull(settled, "settled is null");
        if (settled.isPresent() == (fate == OwnFate.PENDING)) {
            throw new IllegalArgumentException("an own request is settled exactly when it is not pending");
        }
    }

    public static OwnRequest opened(String id, VersionId version, LimiterGroup group, Moment sent) {
        return new OwnRequest(id, version, group, sent, OwnFate.PENDING, Optional.empty());
    }

    public OwnRequest settle(OwnFate outcome, Moment when) {
        return new OwnRequest(id, version, group, sent, outcome, Optional.of(when));
    }

    /** The latest moment at which the limiter can have counted it. */
    Moment latestCount() {
        return fate == OwnFate.COUNTED ? settled.orElseThrow() : sent.plus(LONGEST_FLIGHT);
    }
}
