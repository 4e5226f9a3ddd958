package io.keywane.sandbox;

import java.nio.file.Path;

import static java.util.Objects.requireNonNull;

/**
 * How a sandbox starts. Both ports are bound on loopback only; 0 takes any free port.
 *
 * @param stateDirectory where the control token and the endpoints are written; made if missing
 * @param seed fixes key values, ids, job data and the order of random faults
 * @param feedPlan the plan of organisations that do not name one
 * @param groupHeader whether answers carry {@code X-RateLimit-Group}
 * @param groundTruthCapacity how many requests the ground truth keeps before it drops the oldest
 */
public record SandboxSettings(int port, int controlPort, Path stateDirectory, long seed, RateSettings rates,
        RefusalSettings refusals, FeedPlan feedPlan, boolean groupHeader, int groundTruthCapacity) {
    private static final int GROUND_TRUTH = 200_000;
    private static final int MOST_GROUND_TRUTH = 10_000_000;

    public SandboxSettings {
        requirePort("port", port);
        requirePort("control port", controlPort);
        requireNonNull(stateDirectory, "stateDirectory is null");
        requireNonNull(rates, "rates is null");
        requireNonNull(refusals, "refusals is null");
        requireNonNull(feedPlan, "feedPlan is null");
        if (groundTruthCapacity < 1 || groundTruthCapacity > MOST_GROUND_TRUTH) {
            throw new IllegalArgumentException(
                    "ground truth of " + groundTruthCapacity + " requests is not between 1 and " + MOST_GROUND_TRUTH);
        }
    }

    /** Any free ports, seed 1, the published limits, an open feed. */
    public static SandboxSettings defaults(Path stateDirectory) {
        return new SandboxSettings(0, 0, stateDirectory, 1, RateSettings.published(), RefusalSettings.standard(),
                FeedPlan.OPEN, false, GROUND_TRUTH);
    }

    public SandboxSettings withPorts(int api, int control) {
        return new SandboxSettings(api, control, stateDirectory, seed, rates, refusals, feedPlan, groupHeader,
                groundTruthCapacity);
    }

    public SandboxSettings withStateDirectory(Path value) {
        return new SandboxSettings(port, controlPort, value, seed, rates, refusals, feedPlan, groupHeader,
                groundTruthCapacity);
    }

    public SandboxSettings withSeed(long value) {
        return new SandboxSettings(port, controlPort, stateDirectory, value, rates, refusals, feedPlan, groupHeader,
                groundTruthCapacity);
    }

    public SandboxSettings withRates(RateSettings value) {
        return new SandboxSettings(port, controlPort, stateDirectory, seed, value, refusals, feedPlan, groupHeader,
                groundTruthCapacity);
    }

    public SandboxSettings withRefusals(RefusalSettings value) {
        return new SandboxSettings(port, controlPort, stateDirectory, seed, rates, value, feedPlan, groupHeader,
                groundTruthCapacity);
    }

    public SandboxSettings withFeedPlan(FeedPlan value) {
        return new SandboxSettings(port, controlPort, stateDirectory, seed, rates, refusals, value, groupHeader,
                groundTruthCapacity);
    }

    public SandboxSettings withGroupHeader(boolean value) {
        return new SandboxSettings(port, controlPort, stateDirectory, seed, rates, refusals, feedPlan, value,
                groundTruthCapacity);
    }

    public SandboxSettings withGroundTruthCapacity(int value) {
        return new SandboxSettings(port, controlPort, stateDirectory, seed, rates, refusals, feedPlan, groupHeader,
                value);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " " + port + " is not between 0 and 65535");
        }
    }
}
