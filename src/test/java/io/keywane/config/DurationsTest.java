package io.keywane.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "5m, PT5M", "1h30m, PT1H30M", "90d, P90D", "0s, PT0S", "250ms, PT0.25S",
        "1d2h3m4s5ms, P1DT2H3M4.005S"})
    void parse_duration_isRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-5m", "5 m", "1.5h", "30m1h", "5M", "1w", "9999999999s", "1h30", ""})
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text))
                .withMessage("\"" + text + "\" is not a duration; write it as 30s, 5m, 1h30m or 90d");
    }
}
