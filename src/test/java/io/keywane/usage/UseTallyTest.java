package io.keywane.usage;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import static io.keywane.usage.UsePoints.GENERAL;
import static io.keywane.usage.UsePoints.MONDAY;
import static io.keywane.usage.UsePoints.minutely;
import static io.keywane.usage.UsePoints.unknown;
import static io.keywane.usage.UsePoints.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class UseTallyTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final UseTally tally = new UseTally(DAY.multipliedBy(2));

    @Test
    void firstPoint_isNoStep() {
        tally.add(used(GENERAL, minute(1), 5));

        assertThat(tally.between(at(0), at(2), at(2))).isEmpty();
    }

    @Test
    void steps_ofLongAgo_areHours() {
        minutely(GENERAL, DAY, minute -> 5).forEach(tally::add);
        List<UseStep> steps = tally.between(at(0), at(1_440), at(1_440));

        assertThat(steps).hasSizeLessThan(60);
        assertThat(steps.getFirst().to().wall()).isEqualTo(minute(60));
        assertThat(steps.get(1).to().wall()).isEqualTo(minute(120));
        assertThat(steps.getLast().from().wall()).isEqualTo(minute(1_439));
        assertThat(tally.over(at(0), at(1_440), at(1_440)).loPerMinute()).isEqualTo(5, within(1e-9));
    }

    @Test
    void steps_beyondTheHorizon_areForgotten() {
        minutely(GENERAL, DAY.multipliedBy(4), minute -> 1).forEach(tally::add);
        Moment end = at(4 * 1_440);

        assertThat(tally.between(at(0), end, end).getFirst().to().wall()).isAfterOrEqualTo(minute(2 * 1_440));
    }

    @Test
    void reach_keepsLonger() {
        tally.reach(DAY.multipliedBy(5));
        minutely(GENERAL, DAY.multipliedBy(4), minute -> 1).forEach(tally::add);

        assertThat(tally.between(at(0), at(4 * 1_440), at(4 * 1_440)).getFirst().from().wall()).isEqualTo(minute(1));
    }

    @Test
    void over_aPart_takesTheStepsWithinAndTheirCoverage() {
        for (int minute = 0; minute <= 10; minute++) {
            tally.add(minute == 7 ? unknown(GENERAL, minute(minute)) : used(GENERAL, minute(minute), minute));
        }
        ForeignRate rate = tally.over(at(5), at(10), at(10));

        assertThat(rate.lo()).isEqualTo(6 + 8 + 9 + 10, within(1e-9));
        assertThat(rate.coverage()).isEqualTo(0.8, within(1e-9));
    }

    @Test
    void steps_ofAFormerBoot_lieBeforeThisOne() {
        tally.add(used(GENERAL, minute(1), 1));
        tally.add(used(GENERAL, minute(2), 1));
        Moment booted = new Moment("boot-2", Duration.ZERO, minute(5));
        Moment now = booted.plus(Duration.ofMinutes(5));

        assertThat(tally.between(booted, now, now)).isEmpty();
        assertThat(tally.between(at(0), now, now)).hasSize(1);
    }

    @Test
    void returned_isTheLongestIdleTimeBetweenTwoUses() {
        for (int minute = 0; minute <= 300; minute++) {
            tally.add(used(GENERAL, minute(minute), minute == 10 || minute == 100 || minute == 130 ? 1 : 0));
        }

        assertThat(tally.returned()).isBetween(Duration.ofMinutes(89), Duration.ofMinutes(90));
    }

    @Test
    void returned_ofAVersionUsedOnceOrNever_isZero() {
        for (int minute = 0; minute <= 300; minute++) {
            tally.add(used(GENERAL, minute(minute), minute == 100 ? 1 : 0));
        }

        assertThat(tally.returned()).isZero();
    }

    @Test
    void silence_isKeptInFewSteps_andAnyPartOfItIsKnown() {
        for (int minute = 0; minute <= 90; minute++) {
            tally.add(used(GENERAL, minute(minute), minute == 85 ? 1 : 0));
        }

        assertThat(tally.between(at(0), at(90), at(90))).hasSizeLessThan(8);
        assertThat(tally.over(at(71), at(79), at(90)).coverage()).isEqualTo(1, within(1e-9));
        assertThat(tally.over(at(71), at(79), at(90)).hi()).isZero();
        assertThat(tally.between(at(71), at(79), at(90))).singleElement()
                .satisfies(step -> assertThat(step.from().wall()).isEqualTo(minute(71)))
                .satisfies(step -> assertThat(step.to().wall()).isEqualTo(minute(79)));
        assertThat(tally.over(at(84), at(85), at(90)).lo()).isPositive();
    }

    /** Joining steps into hours loses no request and no observed time. */
    @Test
    void sum_isThatOfThePoints() {
        Random random = new Random(9);
        List<UsagePoint> points = minutely(GENERAL, Duration.ofHours(20), minute -> random.nextInt(4));
        points.forEach(tally::add);

        assertThat(tally.over(at(0), at(1_200), at(1_200)).lo()).isEqualTo(ForeignRate.over(points).lo(), within(1e-6));
        assertThat(tally.over(at(1), at(1_200), at(1_200)).coverage()).isEqualTo(1, within(1e-9));
    }

    private static Instant minute(long minute) {
        return MONDAY.plus(Duration.ofMinutes(minute));
    }

    private static Moment at(long minute) {
        return UsePoints.at(minute(minute));
    }
}
