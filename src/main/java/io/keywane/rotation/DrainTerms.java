package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.usage.SilentSpan;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * By what the silence of a leaving version is judged.
 *
 * @param propagated from when on no consumer has an excuse to use it
 * @param silence the silence that counts: common to all groups, after that time
 * @param demand how long it must be
 */
public record DrainTerms(Optional<Moment> propagated, Optional<SilentSpan> silence, QuietDemand demand) {
    public DrainTerms {
        requireNonNull(propagated, "propagated is null");
        requireNonNull(silence, "silence is null");
        requireNonNull(demand, "demand is null");
    }

    /** When the silence will have lasted long enough, if nothing breaks it; empty while there is none. */
    public Optional<Moment> quietBy() {
        return silence.map(span -> span.from().plus(demand.length()));
    }
}
