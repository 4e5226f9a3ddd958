package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SandboxSettingsTest {
    private static final SandboxSettings SETTINGS = SandboxSettings.defaults(Path.of("state"));

    @Test
    void defaults_rates_areThePublishedOnes() {
        assertThat(SETTINGS.rates().general()).extracting(WindowLimit::limit).containsExactly(360, 10_000, 100_000);
        assertThat(SETTINGS.rates().feed()).extracting(WindowLimit::limit).containsExactly(120, 5_000, 50_000);
        assertThat(SETTINGS.refusals()).isEqualTo(new RefusalSettings(Set.of(), Set.of(429)));
    }

    @Test
    void port_outOfRange_isNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withPorts(0, 65_536))
                .withMessage("control port 65536 is not between 0 and 65535");
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withPorts(-1, 0))
                .withMessage("port -1 is not between 0 and 65535");
    }

    @Test
    void groundTruth_empty_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withGroundTruthCapacity(0))
                .withMessageContaining("ground truth of 0 requests");
    }

    @Test
    void windows_notAscending_areRefused() {
        List<Duration> windows = List.of(Duration.ofHours(1), Duration.ofMinutes(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.rates().withFeed(RateSettings.limits(windows, List.of(1, 2))))
                .withMessage("the windows of the feed group do not ascend: PT1H, PT1M");
    }

    @Test
    void windows_none_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.rates().withGeneral(List.of()))
                .withMessage("the general group has no window");
    }

    @Test
    void limits_notAsManyAsWindows_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateSettings.limits(List.of(Duration.ofHours(1)), List.of(1, 2)))
                .withMessage("1 windows but 2 limits");
    }

    @Test
    void windowLimit_outOfRange_isRefused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowLimit(minute, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowLimit(minute, 10_000_001));
        assertThatIllegalArgumentException().isThrownBy(() -> new WindowLimit(Duration.ofMillis(999), 1))
                .withMessage("window PT0.999S is shorter than one second");
    }

    @Test
    void refusals_notA4xx_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RefusalSettings(Set.of(503), Set.of()))
                .withMessage("counted: 503 is not a 4xx status");
    }
}
