package io.keywane.anomaly;

/**
 * What the detector says of one point of a series.
 *
 * @param spike whether use is anomalously high
 * @param actual requests a minute now
 * @param expected requests a minute by the baseline; 0 while there is none
 * @param threshold requests a minute that make a spike
 */
public record SpikeVerdict(boolean spike, double actual, double expected, double threshold) {}
