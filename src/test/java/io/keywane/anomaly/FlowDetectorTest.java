package io.keywane.anomaly;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests of a key minute by minute over two weeks, with office hours, a nightly job, and one incident. */
final class FlowDetectorTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int DAY = 1_440;
    /** Thursday of the second week, noon. */
    private static final int NOON = 10 * DAY + 720;
    private static final int END = 14 * DAY;

    @Test
    void flow_usualWeeks_areQuiet() {
        assertThat(alerts(minute -> usual(minute))).isEmpty();
    }

    @Test
    void flow_leakAtNoon_isOneSpikeWithinMinutes() {
        List<Anomaly> alerts = alerts(minute -> usual(minute) + (within(minute, NOON, 60) ? 80 : 0));

        assertThat(alerts).hasSize(1);
        Anomaly leak = alerts.getFirst();
        assertThat(leak.kind()).isEqualTo(AnomalyKind.SPIKE);
        assertThat(leak.grade()).isEqualTo(Grade.PAGE);
        assertThat(leak.onset()).isBetween(at(NOON), at(NOON + 5));
        assertThat(leak.expected()).isBetween(15.0, 35.0);
        assertThat(leak.ratio()).isGreaterThan(2);
        assertThat(leak.confidence()).isBetween(0.0, 1.0);
    }

    @Test
    void flow_littleUseAtNight_isUnusualHours() {
        int night = 10 * DAY + 2 * 60;

        List<Anomaly> alerts = alerts(minute -> usual(minute) + (within(minute, night, 90) ? 6 : 0));

        assertThat(alerts).extracting(Anomaly::kind).containsExactly(AnomalyKind.UNUSUAL_HOURS);
    }

    @Test
    void flow_nothingAtNoon_isSilenceSinceItsFirstMinute() {
        List<Anomaly> alerts = alerts(minute -> within(minute, NOON, 120) ? 0 : usual(minute));

        assertThat(alerts).extracting(Anomaly::kind).containsExactly(AnomalyKind.SILENCE);
        assertThat(alerts.getFirst().onset()).isEqualTo(at(NOON));
        assertThat(alerts.getFirst().actual()).isZero();
    }

    @Test
    void flow_aWeekAfterABurst_isNotSilent() {
        int saturday = 5 * DAY + 22 * 60;

        List<Anomaly> alerts = alerts(minute -> usual(minute) + (within(minute, saturday, 90) ? 80 : 0));

        assertThat(alerts).extracting(Anomaly::kind).doesNotContain(AnomalyKind.SILENCE);
    }

    @Test
    void flow_useDoubledForGood_isOneAlert() {
        List<Anomaly> alerts = alerts(minute -> usual(minute) * (minute >= 9 * DAY + 600 ? 3 : 1));

        assertThat(alerts).hasSize(1);
        assertThat(alerts.getFirst().onset()).isBetween(at(9 * DAY + 600), at(9 * DAY + 660));
    }

    @Test
    void flow_incident_goesOnUntilItWasCalm() {
        Random random = new Random(4);
        FlowDetector detector = new FlowDetector();
        List<Integer> open = new ArrayList<>();
        for (int minute = 0; minute < END; minute++) {
            double rate = usual(minute) + (within(minute, NOON, 60) ? 80 : 0);
            if (detector.observe(at(minute), poisson(random, rate)).incident().isPresent()) {
                open.add(minute);
            }
        }

        assertThat(open.getFirst()).isBetween(NOON, NOON + 5);
        assertThat(open.getLast()).isBetween(NOON + 60, NOON + 180);
        assertThat(open).hasSize(open.getLast() - open.getFirst() + 1);
    }

    @Test
    void flow_firstLoadOfANewKey_isNoAlert() {
        assertThat(alerts(minute -> minute < 600 ? 0 : 20)).isEmpty();
    }

    @Test
    void flow_catchUpSampleAfterAGap_isNoAlert() {
        Random random = new Random(9);
        FlowDetector detector = new FlowDetector();
        List<Anomaly> alerts = new ArrayList<>();
        for (int minute = 0; minute < END; minute++) {
            if (within(minute, NOON, 100)) {
                continue;
            }
            double value = minute == NOON + 100 ? 2_500 : poisson(random, usual(minute));
            Verdict verdict = detector.observe(at(minute), value);
            verdict.incident().ifPresent(alerts::add);
        }

        assertThat(alerts).isEmpty();
    }

    private static List<Anomaly> alerts(IntToDoubleFunction rate) {
        Random random = new Random(4);
        FlowDetector detector = new FlowDetector();
        List<Anomaly> alerts = new ArrayList<>();
        for (int minute = 0; minute < END; minute++) {
            Verdict verdict = detector.observe(at(minute), poisson(random, rate.applyAsDouble(minute)));
            if (verdict.isNew()) {
                alerts.add(verdict.incident().orElseThrow());
            }
        }
        return alerts;
    }

    /** 20 a minute in office hours, a tenth at weekends, next to nothing at night, and a job at 4 in the morning. */
    private static double usual(int minute) {
        int ofDay = minute % DAY;
        double week = minute / DAY % 7 >= 5 ? 0.1 : 1;
        double office = ofDay >= 480 && ofDay < 1_080 ? 20 * week : 0.2;
        return office + (within(ofDay, 245, 20) ? 100 : 0);
    }

    private static boolean within(int minute, int from, int length) {
        return minute >= from && minute < from + length;
    }

    private static Instant at(int minute) {
        return MONDAY.plusSeconds(60L * minute);
    }

    private static double poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
