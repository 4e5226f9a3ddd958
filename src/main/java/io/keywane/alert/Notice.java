package io.keywane.alert;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What others are told of one alert.
 *
 * @param active the alert
 * @param ended when it ended; empty while it fires
 */
public record Notice(ActiveAlert active, Optional<Instant> ended) {
    public Notice {
        requireNonNull(active, "active is null");
        requireNonNull(ended, "ended is null");
    }

    /** Names this alert in this state, so that it is told once. */
    public String token() {
        return active.id() + (ended.isPresent() ? "/ended" : "/fires");
    }

    /** Whether a person wants to hear of it: not of what somebody has taken on, until it ends. */
    public boolean isNews() {
        return ended.isPresent() || active.acknowledged().isEmpty();
    }
}
