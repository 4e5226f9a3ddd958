package io.keywane.usage;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A window model and how it came to be known. Every claim that rests on it says so.
 *
 * @param origin who says so
 * @param since when it was measured; present exactly for {@link Origin#CALIBRATED}
 */
public record KnownWindow(WindowModel model, Origin origin, Optional<Instant> since) {
    /** How a window model came to be known. */
    public enum Origin {
        /** The operator declared it. */
        DECLARED,
        /** It was measured on a key version that nobody else used. */
        CALIBRATED
    }

    public KnownWindow {
        requireNonNull(model, "model is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(since, "since is null");
        if (since.isPresent() != (origin == Origin.CALIBRATED)) {
            throw new IllegalArgumentException("a window has a date exactly when it was measured");
        }
    }

    public static KnownWindow declared(WindowModel model) {
        return new KnownWindow(model, Origin.DECLARED, Optional.empty());
    }

    public static KnownWindow calibrated(WindowModel model, Instant since) {
        return new KnownWindow(model, Origin.CALIBRATED, Optional.of(since));
    }

    UsageReason reason() {
        return switch (origin) {
            case DECLARED -> UsageReason.MODEL_DECLARED;
            case CALIBRATED -> UsageReason.MODEL_CALIBRATED;
        };
    }
}
