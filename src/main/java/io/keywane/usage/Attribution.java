package io.keywane.usage;

import io.keywane.key.KeyName;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Which key's rise explains that a wallet burns faster.
 *
 * @param key the key that rose most
 * @param share its part of all keys' rise, 0 to 1
 * @param before its requests a minute before
 * @param now its requests a minute now
 */
public record Attribution(KeyName key, double share, double before, double now) {
    /** A key is named only if most of the rise is its own. */
    private static final double MOST = 0.5;
    private static final double OBSERVED = 0.5;

    /**
     * The key that explains most of the rise; empty where none does, or where a key was not observed and might.
     *
     * @param before use of each key in an earlier span
     * @param now use of each key of late
     */
    public static Optional<Attribution> of(Map<KeyName, ForeignRate> before, Map<KeyName, ForeignRate> now) {
        boolean unobserved = now.entrySet().stream().anyMatch(entry -> entry.getValue().coverage() < OBSERVED
                || before.getOrDefault(entry.getKey(), ForeignRate.NONE).coverage() < OBSERVED);
        if (unobserved) {
            return Optional.empty();
        }
        double whole = now.keySet().stream().mapToDouble(key -> rise(key, before, now)).sum();
        if (whole <= 0) {
            return Optional.empty();
        }
        return now.keySet().stream().max(Comparator.comparingDouble(key -> rise(key, before, now)))
                .map(key -> new Attribution(key, rise(key, before, now) / whole, middle(before, key), middle(now, key)))
                .filter(most -> most.share() > MOST);
    }

    private static double rise(KeyName key, Map<KeyName, ForeignRate> before, Map<KeyName, ForeignRate> now) {
        return Math.max(0, middle(now, key) - middle(before, key));
    }

    private static double middle(Map<KeyName, ForeignRate> use, KeyName key) {
        ForeignRate rate = use.getOrDefault(key, ForeignRate.NONE);
        return (rate.loPerMinute() + rate.hiPerMinute()) / 2;
    }
}
