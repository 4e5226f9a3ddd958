package io.keywane.control;

import io.keywane.key.Stage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One version of a managed key, as operators see it: what they need to find it in the vendor's dashboard.
 *
 * @param id full identity
 * @param brief its first eight digits
 * @param stage where it stands
 * @param since when it came there
 * @param reason the word why
 * @param reasonSentence the same for people
 * @param dashboardName its name in the vendor's dashboard
 * @param publicPrefix what the dashboard shows of its value
 * @param takenIn when it came into custody
 * @param waived whether its flag rests on a waiver
 * @param evidence how the gates stood when it was found drained; empty before
 */
public record VersionSummary(
        String id,
        String brief,
        Stage stage,
        Instant since,
        String reason,
        String reasonSentence,
        Optional<String> dashboardName,
        Optional<String> publicPrefix,
        Instant takenIn,
        boolean waived,
        List<GateStatus> evidence) {
    public VersionSummary {
        requireNonNull(id, "id is null");
        requireNonNull(brief, "brief is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(since, "since is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(reasonSentence, "reasonSentence is null");
        requireNonNull(dashboardName, "dashboardName is null");
        requireNonNull(publicPrefix, "publicPrefix is null");
        requireNonNull(takenIn, "takenIn is null");
        evidence = List.copyOf(evidence);
    }
}
