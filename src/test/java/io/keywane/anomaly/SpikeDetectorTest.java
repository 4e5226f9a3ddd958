package io.keywane.anomaly;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class SpikeDetectorTest {
    private static final SpikeThresholds THRESHOLDS = new SpikeThresholds(4, 20, Duration.ofHours(1),
            Duration.ofMinutes(10));

    private final SpikeDetector detector = new SpikeDetector(THRESHOLDS);
    private long minute;

    @Test
    void steadyUse_isNoSpike() {
        assertThat(steady(50, 200).spike()).isFalse();
    }

    @Test
    void use_atTheMultipleOfTheBaseline_isASpike() {
        SpikeVerdict before = steady(50, 300);
        assertThat(before.expected()).isEqualTo(50, within(0.01));

        assertThat(observe(199).spike()).isFalse();
        SpikeVerdict verdict = observe(200.1);
        assertThat(verdict.spike()).isTrue();
        assertThat(verdict.actual()).isEqualTo(200.1);
        assertThat(verdict.threshold()).isEqualTo(200, within(0.1));
    }

    @Test
    void use_belowTheFloor_isNoSpikeHoweverManyTimesTheBaseline() {
        steady(0.1, 300);

        assertThat(observe(19.9).spike()).isFalse();
        assertThat(observe(20).spike()).isTrue();
    }

    @Test
    void use_withoutABaseline_isJudgedByTheFloorTimesTheFactor() {
        assertThat(observe(79).spike()).isFalse();
        assertThat(observe(80).spike()).isTrue();
    }

    @Test
    void spike_lasting_staysOneIncidentDespiteRipples() {
        steady(50, 300);
        assertThat(observe(300).spike()).isTrue();

        assertThat(observe(160).spike()).as("above three quarters of the threshold").isTrue();
        assertThat(observe(140).spike()).isFalse();
        assertThat(observe(160).spike()).as("a new one needs the whole threshold").isFalse();
    }

    @Test
    void spike_howeverLong_doesNotRaiseTheBaseline() {
        SpikeVerdict before = steady(50, 300);

        SpikeVerdict verdict = steady(400, 600);

        assertThat(verdict.spike()).isTrue();
        assertThat(verdict.expected()).isEqualTo(before.expected(), within(0.01));
    }

    @Test
    void point_isNotInItsOwnBaseline() {
        steady(50, 300);
        steady(150, 9);

        assertThat(observe(150).expected()).as("younger than the lag").isEqualTo(50, within(0.01));
        assertThat(steady(150, 10).expected()).as("older than the lag").isGreaterThan(50.5);
    }

    @Test
    void baseline_followsALastingChangeBelowTheThreshold() {
        steady(50, 300);

        SpikeVerdict verdict = steady(150, 600);

        assertThat(verdict.expected()).isEqualTo(150, within(1.0));
    }

    @Test
    void thresholds_thatMakeNoSense_areRefused() {
        Duration hour = Duration.ofHours(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new SpikeThresholds(1, 20, hour, hour));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpikeThresholds(Double.NaN, 20, hour, hour));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpikeThresholds(4, 0, hour, hour));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpikeThresholds(4, 20, Duration.ZERO, hour));
    }

    private SpikeVerdict steady(double perMinute, int minutes) {
        SpikeVerdict last = observe(perMinute);
        for (int i = 1; i < minutes; i++) {
            last = observe(perMinute);
        }
        return last;
    }

    private SpikeVerdict observe(double perMinute) {
        Duration passed = Duration.ofMinutes(minute++);
        return detector.observe(new Moment("boot-1", passed, Instant.EPOCH.plus(passed)), perMinute);
    }
}
