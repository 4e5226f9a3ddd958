package io.keywane.daemon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExpositionFormatTest {
    @ParameterizedTest
    @ValueSource(strings = {"application/openmetrics-text",
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "Application/OpenMetrics-Text; version=1.0.0; q=0.8 , text/plain;q=0.5"})
    void preferredBy_openMetricsFirst_isOpenMetrics(String accept) {
        assertThat(ExpositionFormat.preferredBy(accept)).isEqualTo(ExpositionFormat.OPEN_METRICS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "text/html", "text/plain;version=0.0.4",
        "application/openmetrics-text;q=0.1,text/plain;q=0.9", "application/openmetrics-text;q=0",
        "application/openmetrics-text;q=much"})
    void preferredBy_anythingElse_isText(String accept) {
        assertThat(ExpositionFormat.preferredBy(accept)).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    }

    @Test
    void preferredBy_noHeader_isText() {
        assertThat(ExpositionFormat.preferredBy(null)).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    }
}
