package io.keywane.demo;

import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What is seen at one moment.
 *
 * @param elapsed since the demonstration began
 * @param state the rotation's state, or what comes before and after it
 * @param waitsFor what it waits for, each in a few words; empty for nothing
 * @param oldRate consumers' requests a second on the old key
 * @param newRate the same on the new key
 * @param switched consumers that have used the new key
 * @param consumers all of them
 * @param requests made so far
 * @param refused of these
 * @param credits in the wallet
 */
record Frame(
        Duration elapsed,
        String state,
        List<String> waitsFor,
        double oldRate,
        double newRate,
        int switched,
        int consumers,
        long requests,
        long refused,
        long credits) {
    Frame {
        requireNonNull(elapsed, "elapsed is null");
        requireNonNull(state, "state is null");
        waitsFor = List.copyOf(waitsFor);
    }
}
