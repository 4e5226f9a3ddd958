package io.keywane.rotation;

import io.keywane.key.Fingerprint;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;

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
 * @param waived whether its flag rests on a waiver; then use does not withdraw the flag
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
        boolean waived) {
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
    }

    /**
     * This version moved to another stage.
     *
     * @throws IllegalStateException if that is not a listed move
     */
    public KeyVersion to(Stage next, Reason why, Moment now) {
        if (!stage.successors().contains(next)) {
            throw new IllegalStateException("version " + id.brief() + " cannot go from " + stage + " to " + next);
        }
        return new KeyVersion(id, fingerprint, publicPrefix, environment, dashboardName, takenIn, next, now, why,
                waived);
    }

    /** This version with its flag resting on a waiver, or no longer. */
    public KeyVersion withWaived(boolean byWaiver) {
        return new KeyVersion(id, fingerprint, publicPrefix, environment, dashboardName, takenIn, stage, since, reason,
                byWaiver);
    }
}
