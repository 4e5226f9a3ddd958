package io.keywane.daemon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of Prometheus and of this project, applied to the catalogue. */
class MetricTest {
    private static final Set<String> VOCABULARY = Set.of("alert", "bound", "group", "key", "kind", "loop", "operation",
            "organisation", "outcome", "phase", "reason", "result", "severity", "sink", "stage", "state", "store",
            "version");

    @Test
    void names_all_areUnique() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::exposedName)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Metric.values()).map(Metric::baseName)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void name_always_isPrefixedAndHasTheSuffixOfItsKind(Metric metric) {
        assertThat(metric.exposedName()).matches("keywane_[a-z]+(_[a-z]+)*");
        assertThat(metric.exposedName().endsWith("_total")).isEqualTo(metric.kind() == Metric.Kind.COUNTER);
        assertThat(metric.exposedName().endsWith("_info")).isEqualTo(metric.kind() == Metric.Kind.INFO);
        assertThat(metric.exposedName()).doesNotEndWith("_count").doesNotEndWith("_sum").doesNotEndWith("_bucket")
                .doesNotContain("_ms", "milli", "minutes", "percent", "_since_");
        if (metric.exposedName().contains("timestamp")) {
            assertThat(metric.exposedName()).endsWith("_timestamp_seconds");
        }
    }

    @ParameterizedTest
    @EnumSource
    void help_always_isASentence(Metric metric) {
        assertThat(metric.help()).matches("[A-Z].{15,}\\.").doesNotContain("\n");
    }

    @ParameterizedTest
    @EnumSource
    void labels_always_areOfTheClosedVocabulary(Metric metric) {
        assertThat(VOCABULARY).containsAll(metric.labels());
        assertThat(metric.labels()).doesNotHaveDuplicates();
    }
}
