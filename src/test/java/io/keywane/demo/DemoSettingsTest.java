package io.keywane.demo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DemoSettingsTest {
    @Test
    void interval_fourASecond_isAQuarter() {
        assertThat(new DemoSettings(5, 4, false).interval()).isEqualTo(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({"0, 3, --consumers", "11, 1, --consumers", "5, 0.4, --rate", "5, 8.1, --rate", "5, NaN, --rate"})
    void settings_outOfBounds_nameTheOption(int consumers, double rate, String option) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoSettings(consumers, rate, false))
                .withMessageStartingWith(option);
    }
}
