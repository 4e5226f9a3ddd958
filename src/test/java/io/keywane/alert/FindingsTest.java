package io.keywane.alert;

import io.keywane.alert.Findings.Finding;
import io.keywane.alert.Findings.Kind;
import io.keywane.alert.Findings.Subject;
import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class FindingsTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Moment NOW = new Moment("boot", Duration.ofDays(50), Instant.parse("2026-03-02T12:00:00Z"));
    private static final String ONE = "0123456789abcdef";
    private static final String OTHER = "fedcba9876543210";

    @Test
    void keys_asTheyShouldBe_haveNoFinding() {
        assertThat(Findings.of(List.of(subject("a", ONE, "live", 89, 29), subject("b", OTHER, "live", 1, 0)), MONTH,
                NOW)).isEmpty();
    }

    @Test
    void sameValue_underTwoNames_isFoundOnBoth() {
        List<Finding> found = Findings.of(List.of(subject("a", ONE, "live", 1, 0), subject("b", ONE, "live", 1, 0)),
                MONTH, NOW);

        assertThat(found).extracting(Finding::kind).containsExactly(Kind.SAME_VALUE, Kind.SAME_VALUE);
        assertThat(found.getFirst().sentence()).contains("same value as b");
    }

    @Test
    void unused_pastItsAgeAndWrongEnvironment_areFound() {
        List<Finding> found = Findings.of(List.of(subject("a", ONE, "test", 91, 30)), MONTH, NOW);

        assertThat(found).extracting(Finding::kind).containsExactly(Kind.UNUSED, Kind.PAST_ITS_AGE,
                Kind.WRONG_ENVIRONMENT);
        assertThat(found).allSatisfy(finding -> assertThat(finding.command()).startsWith("keywane "));
    }

    private static Subject subject(String name, String fingerprint, String environment, int days, int quiet) {
        Moment takenIn = NOW.plus(Duration.ofDays(-days));
        KeyVersion version = new KeyVersion(new VersionId(fingerprint.repeat(2)), new Fingerprint(fingerprint),
                Optional.empty(), Optional.of("live"), Optional.empty(), takenIn, Stage.CURRENT, takenIn,
                Reason.PROMOTION_READ_BACK, true, Optional.empty(), false, List.of());
        return new Subject(KeyState.empty(new KeyName(name)).adding(version), environment,
                Optional.of(Duration.ofDays(90)),
                quiet == 0 ? Optional.empty() : Optional.of(Duration.ofDays(quiet)));
    }
}
