package io.keywane.control;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Where the rotation of one key stands, what it waits for, and what is known.
 *
 * @param key the managed key
 * @param rotation its latest rotation, open or over; empty if it never had one
 * @param current what consumers read now: the key that must not be revoked
 * @param leaving every version that is neither current nor confirmed revoked, with its stage
 * @param gates the conditions of the flag
 * @param evidence what is known of others' use, for each watched version and group
 * @param probing when each leaving version is probed next, and what stands in the way of proving its silence
 * @param whatToType commands that would take it further, most fitting first
 * @param assumptions what no header can show, for the reader of the evidence
 * @param intake where a rotation that waits for its key takes it from by itself; empty: from a person
 * @param evidenceFailure why a drained version is not flagged although its gates are met: its evidence cannot be kept
 * @param telling how far the command came that tells consumers of the latest publication, where there is one
 * @param maintenance who announced unusual use, until when and why, while that lasts
 */
public record RotationStatus(
        String key,
        Optional<RotationSummary> rotation,
        Optional<VersionSummary> current,
        List<VersionSummary> leaving,
        List<GateStatus> gates,
        List<GroupEvidence> evidence,
        List<ProbingStatus> probing,
        List<String> whatToType,
        List<String> assumptions,
        Optional<IntakeStatus> intake,
        Optional<String> evidenceFailure,
        Optional<TellingStatus> telling,
        Optional<String> maintenance) implements ControlResult {
    public RotationStatus {
        requireNonNull(key, "key is null");
        requireNonNull(rotation, "rotation is null");
        requireNonNull(current, "current is null");
        leaving = List.copyOf(leaving);
        gates = List.copyOf(gates);
        evidence = List.copyOf(evidence);
        probing = List.copyOf(probing);
        whatToType = List.copyOf(whatToType);
        assumptions = List.copyOf(assumptions);
        requireNonNull(intake, "intake is null");
        requireNonNull(evidenceFailure, "evidenceFailure is null");
        requireNonNull(telling, "telling is null");
        requireNonNull(maintenance, "maintenance is null");
    }

    /** Where persons supply keys, nothing keeps evidence from being kept, and no unusual use was announced. */
    public RotationStatus(
            String key,
            Optional<RotationSummary> rotation,
            Optional<VersionSummary> current,
            List<VersionSummary> leaving,
            List<GateStatus> gates,
            List<GroupEvidence> evidence,
            List<ProbingStatus> probing,
            List<String> whatToType,
            List<String> assumptions) {
        this(key, rotation, current, leaving, gates, evidence, probing, whatToType, assumptions, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }
}
