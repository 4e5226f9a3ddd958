package io.keywane.rotation;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One concrete value of a managed key, without the value.
 *
 * @param id identity, also in the store
 * @param fingerprint tells equal values apart from different ones
 * @param publicPrefix what the dashboard shows of it, if its shape is familiar
 * @param environment the environment that its shape names, if it does
 * @param dashboardName its name in the vendor's dashboard, if the operator gave it
 * @param takenIn when it came into custody
 * @param stage where it stands
 * @param since when it came there
 * @param reason why it came there
 * @param served whether consumers could ever read it as current
 * @param replaced when consumers could first read what took its place; empty before, and while it is current
 * @param waived whether its flag rests on a waiver; then use does not withdraw the flag
 * @param evidence how the gates stood when it was found drained; empty before
 */
public record KeyVersion(
        VersionId id,
        Fingerprint fingerprint,
        Optional<String> publicPrefix,
        Optional<String> environment,
        Optional<String> dashboardName,
        Moment takenIn,
        Stage stage,
        Moment since,
        Reason reason,
        boolean served,
        Optional<Moment> replaced,
        boolean waived,
        List<GateReport> evidence) {
    public KeyVersion {
        requireNonNull(id, "id is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(publicPrefix, "publicPrefix is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(dashboardName, "dashboardName is null");
        requireNonNull(takenIn, "takenIn is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(since, "since is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(replaced, "replaced is null");
        evidence = List.copyOf(evidence);
    }

    /** A value just taken in. */
    public static KeyVersion candidate(
            VersionId id, KeyMaterial material, Fingerprint fingerprint, Optional<String> dashboardName, Moment now) {
        return new KeyVersion(id, fingerprint, material.publicPrefix(), material.environment(), dashboardName, now,
                Stage.CANDIDATE, now, Reason.KEY_SUPPLIED, false, Optional.empty(), false, List.of());
    }

    /**
     * This version moved to another stage.
     *
     * @throws IllegalStateException if that is not a listed move
     */
    public KeyVersion to(Stage next, Reason why, Moment now) {
        if (!Transitions.allows(stage, next, why)) {
            throw new IllegalStateException(
                    "version " + id.brief() + " cannot go from " + stage + " to " + next + " because of " + why);
        }
        boolean drainsAnew = next == Stage.RETIRING;
        return new KeyVersion(id, fingerprint, publicPrefix, environment, dashboardName, takenIn, next, now, why,
                served || next == Stage.CURRENT, next == Stage.CURRENT ? Optional.empty() : replaced,
                waived && !drainsAnew, drainsAnew ? List.of() : evidence);
    }

    /** This version with the evidence on which it is found drained. */
    public KeyVersion drainedOn(List<GateReport> gates) {
        boolean byWaiver = gates.stream().anyMatch(gate -> !gate.met());
        return new KeyVersion(id, fingerprint, publicPrefix, environment, dashboardName, takenIn, stage, since, reason,
                served, replaced, byWaiver, gates.stream().map(GateReport::kept).toList());
    }

    /** This version on its way out, where it is not yet. */
    KeyVersion leaving(Reason why, Moment now) {
        return switch (stage) {
            case CANDIDATE, VERIFIED, CURRENT -> to(Stage.RETIRING, why, now);
            case RETIRING, DRAINED, FLAGGED, REVOKED -> this;
        };
    }

    /** This version, known to have been what consumers read. */
    KeyVersion seenServed() {
        return new KeyVersion(id, fingerprint, publicPrefix, environment, dashboardName, takenIn, stage, since, reason,
                true, replaced, waived, evidence);
    }

    /** This version, from now on replaced by what consumers can read. */
    KeyVersion replacedAt(Moment when) {
        return new KeyVersion(id, fingerprint, publicPrefix, environment, dashboardName, takenIn, stage, since, reason,
                served, Optional.of(when), waived, evidence);
    }

    /** Whether it was found drained although this gate was not met, because a named person accepted that. */
    boolean isWaivedAt(Gate gate) {
        return evidence.stream().anyMatch(report -> report.gate() == gate && report.waived());
    }
}
