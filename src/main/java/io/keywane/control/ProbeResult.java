package io.keywane.control;

import java.util.List;

import static java.util.Objects.requireNonNull;

/** What probes sent just now for one managed key brought back. */
public record ProbeResult(String key, List<ProbeSample> samples) implements ControlResult {
    public ProbeResult {
        requireNonNull(key, "key is null");
        samples = List.copyOf(samples);
    }
}
