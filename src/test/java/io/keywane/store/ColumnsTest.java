package io.keywane.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnsTest {
    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "2026-11-24T10:00:00.123456789Z",
        "1700-01-01T00:00:00.000000001Z", "2262-01-01T00:00:00Z"})
    void instant_comesBackToTheNanosecond(String text) {
        Instant instant = Instant.parse(text);

        assertThat(Columns.instant(Columns.nanos(instant))).isEqualTo(instant);
    }

    @Test
    void instant_beyondWhatCanBeKept_becomesTheNearest() {
        assertThat(Columns.nanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(Columns.nanos(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Columns.nanos(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(Columns.nanos(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }
}
