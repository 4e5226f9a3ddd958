package io.keywane.usage;

import io.keywane.usage.GroupCadence.Use;
import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static io.keywane.usage.UsePoints.FEED;
import static io.keywane.usage.UsePoints.FIRST;
import static io.keywane.usage.UsePoints.GENERAL;
import static io.keywane.usage.UsePoints.HOUR;
import static io.keywane.usage.UsePoints.MINUTE;
import static io.keywane.usage.UsePoints.MONDAY;
import static io.keywane.usage.UsePoints.SECOND;
import static io.keywane.usage.UsePoints.isDayOfWeek;
import static io.keywane.usage.UsePoints.isHourOfDay;
import static io.keywane.usage.UsePoints.minutely;
import static io.keywane.usage.UsePoints.point;
import static io.keywane.usage.UsePoints.unknown;
import static io.keywane.usage.UsePoints.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** {@link CadenceBuilder} and what it makes. */
class CadenceTest {
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void steadyUse_forAWeek_isEnoughAndHasNoGapLongerThanTheWindow() {
        Duration span = WEEK.plus(MINUTE);
        Cadence cadence = learn(span, minutely(GENERAL, span, minute -> 5));

        assertThat(cadence.isEnough()).isTrue();
        assertThat(general(cadence).use()).isEqualTo(Use.REPEATED);
        assertThat(general(cadence).longestGap()).isEqualTo(MINUTE);
        assertThat(general(cadence).rhythms()).isEmpty();
    }

    @Test
    void steadyUse_forLessThanAWeek_isNotEnough() {
        Duration span = WEEK.minusHours(1);

        assertThat(learn(span, minutely(GENERAL, span, minute -> 5)).isEnough()).isFalse();
    }

    @Test
    void steadyUse_observedForLessThanThreeQuartersOfTheTime_isNotEnough() {
        List<UsagePoint> points = minutely(GENERAL, WEEK, minute -> 5).stream()
                .map(p -> p.at().wall().getEpochSecond() / 60 % 3 == 0 ? unknown(GENERAL, p.at().wall()) : p).toList();

        Cadence cadence = learn(WEEK, points);

        assertThat(cadence.coverage()).isEqualTo(2.0 / 3, within(0.01));
        assertThat(cadence.isEnough()).isFalse();
    }

    @Test
    void nightlyJob_forFiveDays_hasAGapOfADayAndIsRecognised() {
        Duration span = Duration.ofDays(5);
        Cadence cadence = learn(span, minutely(GENERAL, span, minute -> minute % 1_440 == 130 ? 20 : 0));

        assertThat(general(cadence).longestGap()).isEqualTo(Duration.ofDays(1));
        assertThat(general(cadence).rhythms())
                .containsExactly(new Rhythm(EnumSet.allOf(DayOfWeek.class), 2, 1));
    }

    @Test
    void nightlyJob_onTopOfSteadyUse_isRecognisedAllTheSame() {
        Cadence cadence = learn(WEEK, minutely(GENERAL, WEEK, minute -> isHourOfDay(minute, 2) ? 20 : 5));

        assertThat(general(cadence).rhythms())
                .containsExactly(new Rhythm(EnumSet.allOf(DayOfWeek.class), 2, 1));
    }

    @Test
    void nightlyJob_acrossTheHour_isOneRunOfTwoHours() {
        Cadence cadence = learn(WEEK, minutely(GENERAL, WEEK,
                minute -> minute % 1_440 >= 23 * 60 + 50 || minute % 1_440 < 10 ? 5 : 0));

        assertThat(general(cadence).rhythms())
                .containsExactly(new Rhythm(EnumSet.allOf(DayOfWeek.class), 23, 2));
    }

    @Test
    void weeklyJob_forFourWeeks_isRecognised() {
        Duration span = WEEK.multipliedBy(4);
        Cadence cadence = learn(span,
                minutely(GENERAL, span, minute -> isDayOfWeek(minute, 5) && isHourOfDay(minute, 14) ? 3 : 0));

        assertThat(general(cadence).rhythms()).containsExactly(new Rhythm(Set.of(DayOfWeek.SATURDAY), 14, 1));
        assertThat(general(cadence).longestGap()).isEqualTo(WEEK.minusHours(1).plus(MINUTE));
    }

    @Test
    void jobOnWorkingDays_forFourWeeks_isOneRhythmOfThoseDays() {
        Duration span = WEEK.multipliedBy(4);
        Cadence cadence = learn(span, minutely(GENERAL, span,
                minute -> !isDayOfWeek(minute, 5) && !isDayOfWeek(minute, 6) && isHourOfDay(minute, 4) ? 3 : 0));

        assertThat(general(cadence).rhythms()).containsExactly(
                new Rhythm(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 4, 1));
    }

    @Test
    void officeHours_areNoJob() {
        Duration span = WEEK.multipliedBy(4);
        Cadence cadence = learn(span, minutely(GENERAL, span, minute -> !isDayOfWeek(minute, 5)
                && !isDayOfWeek(minute, 6) && minute % 1_440 >= 9 * 60 && minute % 1_440 < 17 * 60 ? 3 : 0));

        assertThat(general(cadence).rhythms()).isEmpty();
        assertThat(general(cadence).longestGap()).isEqualTo(Duration.ofHours(64).plus(MINUTE));
        assertThat(general(cadence).gapEnd()).contains(MONDAY.plus(WEEK).plus(Duration.ofHours(9)).plus(MINUTE));
    }

    @Test
    void useAtRandom_hasNoRhythm() {
        Random random = new Random(5);
        Duration span = WEEK.multipliedBy(4);
        Cadence cadence = learn(span, minutely(GENERAL, span, minute -> random.nextInt(300) == 0 ? 1 : 0));

        assertThat(general(cadence).rhythms()).isEmpty();
        assertThat(general(cadence).use()).isEqualTo(Use.REPEATED);
    }

    @Test
    void lostProbes_withinAnIdleNight_doNotSplitIt() {
        List<UsagePoint> points = minutely(GENERAL, Duration.ofHours(10), minute -> minute % 599 == 0 ? 1 : 0).stream()
                .map(p -> p.at().sinceBoot().toMinutes() == 300 ? unknown(GENERAL, p.at().wall()) : p).toList();

        assertThat(general(learn(Duration.ofHours(10), points)).longestGap()).isEqualTo(Duration.ofMinutes(599));
    }

    @Test
    void unobservedTime_isNotIdle() {
        List<UsagePoint> points = minutely(GENERAL, Duration.ofHours(10), minute -> minute % 599 == 0 ? 1 : 0).stream()
                .filter(p -> p.at().sinceBoot().toMinutes() < 120 || p.at().sinceBoot().toMinutes() > 480).toList();

        assertThat(general(learn(Duration.ofHours(10), points)).longestGap()).isLessThan(Duration.ofMinutes(121));
    }

    @Test
    void undeterminedTime_isNeitherIdleNorUse() {
        List<UsagePoint> points = minutely(GENERAL, Duration.ofHours(2), minute -> minute == 0 ? 1 : 0).stream()
                .map(p -> p.at().sinceBoot().toMinutes() > 30 && p.at().sinceBoot().toMinutes() < 90
                        ? point(FIRST, GENERAL, p.at().wall(), Verdict.UNDETERMINED, 0, MINUTE)
                        : p)
                .toList();
        Cadence cadence = learn(Duration.ofHours(2), points);

        assertThat(general(cadence).longestGap()).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(31));
        assertThat(general(cadence).use()).isEqualTo(Use.ONCE);
    }

    @Test
    void neverUsed_isNever() {
        assertThat(general(learn(WEEK, minutely(GENERAL, WEEK, minute -> 0))).use()).isEqualTo(Use.NEVER);
        assertThat(learn(WEEK, minutely(GENERAL, WEEK, minute -> 0)).longestIdle()).isEmpty();
    }

    @Test
    void oneOccasion_isNoRhythmAndNotEnough() {
        Cadence cadence = learn(WEEK, minutely(GENERAL, WEEK, minute -> minute > 5_000 && minute < 5_030 ? 1 : 0));

        assertThat(general(cadence).use()).isEqualTo(Use.ONCE);
        assertThat(cadence.isEnough()).isFalse();
    }

    @Test
    void longUse_thatEnded_hasTheIdleTimeSinceThen() {
        Cadence cadence = learn(WEEK, minutely(GENERAL, WEEK, minute -> minute < 7_200 ? 1 : 0));

        assertThat(general(cadence).longestGap()).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void hourWindow_hidesGapsThatAreShorter() {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        for (int minute = 1; minute <= 600; minute++) {
            builder.add(point(FIRST, GENERAL, minute(minute), Verdict.IN_USE, 3, HOUR));
        }

        assertThat(general(builder.build(minute(600))).longestGap()).isEqualTo(HOUR);
    }

    @Test
    void hourWindow_measuresLongerGapsToTheStep() {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        for (int minute = 1; minute <= 600; minute++) {
            boolean seen = minute < 60 || (minute >= 500 && minute < 560);
            builder.add(
                    point(FIRST, GENERAL, minute(minute), seen ? Verdict.IN_USE : Verdict.SILENT, seen ? 1 : 0, HOUR));
        }

        assertThat(general(builder.build(minute(600))).longestGap()).isEqualTo(Duration.ofMinutes(500));
    }

    @Test
    void series_runsOverVersions() {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        for (int minute = 1; minute <= 600; minute++) {
            // The second version takes over at minute 300; the first, silent since then, must not make the key look idle.
            boolean second = minute > 300;
            builder.add(point(FIRST, GENERAL, minute(minute), second ? Verdict.SILENT : Verdict.IN_USE, second ? 0 : 4,
                    MINUTE));
            builder.add(point(SECOND, GENERAL, minute(minute), second ? Verdict.IN_USE : Verdict.SILENT, second ? 4 : 0,
                    MINUTE));
        }
        GroupCadence cadence = general(builder.build(minute(600)));

        assertThat(cadence.longestGap()).isEqualTo(MINUTE);
        assertThat(cadence.load().whole().loPerMinute()).isEqualTo(4, within(0.05));
    }

    @Test
    void groups_areLearntApart_andTheLeastSeenDecides() {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL, FEED));
        minutely(GENERAL, WEEK, minute -> 5).forEach(builder::add);
        Cadence cadence = builder.build(MONDAY.plus(WEEK));

        assertThat(cadence.of(FEED).map(GroupCadence::use)).contains(Use.NEVER);
        assertThat(cadence.coverage()).isZero();
        assertThat(cadence.isEnough()).isFalse();
    }

    @Test
    void pointsBeforeAStepBackOfTheClock_areLeftOut() {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        builder.add(used(GENERAL, minute(100), 0));
        builder.add(used(GENERAL, minute(50), 1));

        assertThat(general(builder.build(minute(101))).use()).isEqualTo(Use.NEVER);
    }

    /** The longest gap is never less than the longest time without a request, where all was observed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void longestGap_onRandomUse_isTheTrueOne(long seed) {
        Random random = new Random(seed);
        boolean[] use = new boolean[3 * 1_440];
        for (int minute = 0; minute < use.length; minute++) {
            use[minute] = random.nextInt(1 + (int) seed * 40) == 0;
        }
        int longest = 0;
        int idle = 0;
        for (boolean used : use) {
            idle = used ? 0 : idle + 1;
            longest = Math.max(longest, idle);
        }
        Duration span = Duration.ofMinutes(use.length);

        assertThat(general(learn(span, minutely(GENERAL, span, minute -> use[(int) minute] ? 1 : 0))).longestGap())
                .isBetween(Duration.ofMinutes(longest), Duration.ofMinutes(longest + 1));
    }

    private static Instant minute(long minute) {
        return MONDAY.plus(Duration.ofMinutes(minute));
    }

    private static Cadence learn(Duration span, List<UsagePoint> points) {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        points.forEach(builder::add);
        return builder.build(MONDAY.plus(span));
    }

    private static GroupCadence general(Cadence cadence) {
        return cadence.of(GENERAL).orElseThrow();
    }
}
