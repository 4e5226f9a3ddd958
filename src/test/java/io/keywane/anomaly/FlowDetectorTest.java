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
    void flow_leakThatComesBack_opensItsIncidentAgain() {
        Random random = new Random(4);
        FlowDetector detector = new FlowDetector();
        List<Integer> begun = new ArrayList<>();
        int openAgain = 0;
        for (int minute = 0; minute < END; minute++) {
            boolean leaks = within(minute, NOON, 60) || within(minute, NOON + 240, 60);
            Verdict verdict = detector.observe(at(minute), poisson(random, usual(minute) + (leaks ? 80 : 0)));
            if (verdict.isNew()) {
                begun.add(minute);
            }
            openAgain += verdict.incident().isPresent() && within(minute, NOON + 240, 60) ? 1 : 0;
            assertThat(verdict.incident().isPresent() && within(minute, NOON + 200, 40)).as("resolved").isFalse();
        }

        assertThat(begun).hasSize(1);
        assertThat(openAgain).isGreaterThan(55);
    }

    @Test
    void flow_whatComesBackFarStronger_isAnotherIncident() {
        List<Anomaly> alerts = alerts(minute -> usual(minute) + (within(minute, NOON, 60) ? 60 : 0)
                + (within(minute, NOON + 240, 60) ? 500 : 0));

        assertThat(alerts).hasSize(2);
        assertThat(alerts.getLast().onset()).isBetween(at(NOON + 240), at(NOON + 245));
    }

    @Test
    void flow_leakThatComesBackTheNextMorning_isNotTakenForTheNewLevel() {
        Random random = new Random(4);
        FlowDetector detector = new FlowDetector();
        for (int minute = 0; minute < NOON + DAY; minute++) {
            boolean leaks = within(minute, NOON, 60) || within(minute, NOON + 21 * 60, 30);
            detector.observe(at(minute), poisson(random, usual(minute) + (leaks ? 80 : 0)));
        }

        assertThat(detector.band().orElseThrow().expected()).isBetween(10.0, 40.0);
    }

    @Test
    void flow_burstSoonAfterASlowRise_isTheSameIncident() {
        assertThat(afterSlowRise(2.2)).extracting(Verdict::isNew).containsOnly(false);
        assertThat(afterSlowRise(2.2)).extracting(verdict -> verdict.incident().orElseThrow().grade())
                .contains(Grade.PAGE);
        assertThat(afterSlowRise(12)).extracting(Verdict::isNew).containsOnlyOnce(true);
    }

    /** What is said of an hour with so many times the use, which begins two hours after a slow rise was noticed. */
    private static List<Verdict> afterSlowRise(double times) {
        Random random = new Random(4);
        FlowDetector detector = new FlowDetector();
        int noticed = END;
        List<Verdict> after = new ArrayList<>();
        for (int minute = 0; minute < END && minute < noticed + 180; minute++) {
            double rise = 1 + 0.5 * Math.clamp((minute - 9 * DAY) / (2.0 * DAY), 0, 1);
            double rate = 20 * rise * (minute >= noticed + 120 ? times : 1);
            Verdict verdict = detector.observe(at(minute), poisson(random, rate));
            if (verdict.isNew() && noticed == END) {
                assertThat(verdict.incident().orElseThrow().kind()).isEqualTo(AnomalyKind.SLOW_LEAK);
                noticed = minute;
            } else if (verdict.incident().isPresent()) {
                after.add(verdict);
            }
        }
        return after;
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
