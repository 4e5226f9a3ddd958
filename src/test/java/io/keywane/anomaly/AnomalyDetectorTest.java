package io.keywane.anomaly;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What holds for every kind of series. */
final class AnomalyDetectorTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void snapshot_atAnyPoint_restoresToTheSameVerdicts() {
        for (int cut : new int[]{0, 1, 19, 20, 21, 150, 1_000, 1_501, 2_500}) {
            AnomalyDetector whole = new AnomalyDetector();
            Random random = new Random(5);
            run(whole, random, 0, cut);
            AnomalyDetector restored = AnomalyDetector.restore(whole.snapshot());
            long seed = random.nextLong();

            List<Verdict> expected = run(whole, new Random(seed), cut, 3_000);

            assertThat(run(restored, new Random(seed), cut, 3_000)).as("cut at %d", cut).isEqualTo(expected);
            assertThat(restored.snapshot()).isEqualTo(whole.snapshot());
        }
    }

    @Test
    void snapshot_ofCounts_restoresToTheSameVerdicts() {
        for (int cut : new int[]{50, 99, 100, 2_000, 12_000, 14_430, 14_470}) {
            AnomalyDetector whole = new AnomalyDetector();
            flow(whole, 0, cut);
            AnomalyDetector restored = AnomalyDetector.restore(whole.snapshot());

            List<Verdict> expected = flow(whole, cut, 16_000);

            assertThat(expected).as("a leak is seen").anyMatch(verdict -> verdict.incident().isPresent());
            assertThat(flow(restored, cut, 16_000)).as("cut at %d", cut).isEqualTo(expected);
            assertThat(restored.snapshot()).isEqualTo(whole.snapshot()).hasSizeLessThan(2_048);
        }
    }

    @Test
    void snapshot_ofAGauge_isSmall() {
        AnomalyDetector detector = new AnomalyDetector();
        run(detector, new Random(5), 0, 3_000);

        assertThat(detector.snapshot()).hasSizeLessThan(2_048);
    }

    private static List<Verdict> flow(AnomalyDetector detector, int from, int to) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            int noise = new Random(minute).nextInt(10);
            double leak = minute >= 14_420 && minute < 14_460 ? 90 : 0;
            verdicts.add(detector.observe(START.plusSeconds(60L * minute), 10 + noise + leak));
        }
        return verdicts;
    }

    /** The former format of a flow lacked its last number. */
    @Test
    void restore_formerFormat_goesOn() {
        AnomalyDetector whole = new AnomalyDetector();
        flow(whole, 0, 14_000);
        byte[] snapshot = whole.snapshot();
        byte[] former = Arrays.copyOf(snapshot, snapshot.length - Double.BYTES);
        former[0] = 1;

        assertThat(flow(AnomalyDetector.restore(former), 14_000, 16_000)).isEqualTo(flow(whole, 14_000, 16_000));
    }

    @Test
    void restore_unknownFormat_isRefused() {
        byte[] snapshot = new AnomalyDetector().snapshot();
        snapshot[0] = 99;

        assertThatIllegalArgumentException().isThrownBy(() -> AnomalyDetector.restore(snapshot));
    }

    @Test
    void observe_notANumber_isRefused() {
        AnomalyDetector detector = new AnomalyDetector();

        assertThatIllegalArgumentException().isThrownBy(() -> detector.observe(START, Double.NaN));
    }

    private static List<Verdict> run(AnomalyDetector detector, Random random, int from, int to) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            double level = i % 1_500 > 1_450 ? 80 : 50;
            verdicts.add(detector.observe(START.plusSeconds(300L * i), level + random.nextGaussian()));
        }
        return verdicts;
    }
}
