package io.keywane.usage.sim;

import io.keywane.rotation.GateReport;
import io.keywane.usage.ProofObstacle;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** What came of one played scenario. */
final class Outcome {
    final Scenario scenario;
    /** Samples after which a group's silence was claimed. */
    long claims;
    long samples;
    long silent;
    long inUse;
    long ownRequests;
    long foreignRequests;
    /** Claims of silence while somebody used the key. */
    final List<String> falseClaims = new ArrayList<>();
    /** Bounds that the truth lay outside of. */
    final List<String> falseBounds = new ArrayList<>();
    /** Flags on a key that was used in its quiet period. */
    final List<String> falseFlags = new ArrayList<>();
    /** Whether silence was claimed with a hole that a policy let pass and that somebody used the key in. */
    boolean usedInHoles;
    /** Whether the key was flagged although somebody used it in such a hole. */
    boolean flaggedOverUse;
    /** When the key was flagged, in seconds of the scenario. */
    final List<Double> flags = new ArrayList<>();
    /** How long a flagged key was used before the flag was withdrawn. */
    final List<Double> withdrawals = new ArrayList<>();
    /** When somebody last used the key before its first flag; minus infinity where nobody did. */
    double lastUse = Double.NEGATIVE_INFINITY;

    /** How the gate of the quiet period stood at the end. */
    @Nullable
    GateReport quiet;
    /** What the plans said at the end that keeps their cadence from a proof. */
    final List<ProofObstacle> obstacles = new ArrayList<>();

    /** When others used the first group, as far as it was counted. */
    double[] uses = {};

    Outcome(Scenario scenario) {
        this.scenario = scenario;
    }

    boolean isSound() {
        return falseClaims.isEmpty() && falseBounds.isEmpty() && falseFlags.isEmpty();
    }

    List<String> lies() {
        List<String> all = new ArrayList<>(falseClaims);
        all.addAll(falseBounds);
        all.addAll(falseFlags);
        return all;
    }
}
