package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class UseSeriesTest {
    private static final VersionId OLD = new VersionId("0".repeat(32));
    private static final VersionId NEW = new VersionId("1".repeat(32));
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final LimiterGroup FEED = new LimiterGroup("feed");
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final UseSeries series = new UseSeries(MINUTE);
    private final List<SeriesPoint> given = new ArrayList<>();

    @Test
    void load_thatMovesToAnotherVersion_leavesNoTrace() {
        for (int minute = 0; minute < 60; minute++) {
            long moved = Math.clamp(minute - 20, 0, 12);
            take(OLD, GENERAL, minute * 60L, 12 - moved);
            take(NEW, GENERAL, minute * 60L + 1, moved);
        }

        assertThat(observed()).hasSizeGreaterThan(55).allSatisfy(point -> {
            assertThat(point.count()).isBetween(11.0, 13.0);
            assertThat(point.coverage()).isGreaterThan(0.95);
        });
    }

    @Test
    void groups_ofOneVersion_addUp() {
        for (int minute = 0; minute < 10; minute++) {
            take(OLD, GENERAL, minute * 60L, 5);
            take(OLD, FEED, minute * 60L + 30, 2);
        }

        assertThat(given.stream().skip(2)).isNotEmpty().allSatisfy(point -> assertThat(point.count()).isEqualTo(7));
    }

    @Test
    void step_inWhichOneGroupWasNotSeen_isNotObserved() {
        for (int minute = 0; minute < 10; minute++) {
            take(OLD, GENERAL, minute * 60L, 5);
            series.take(new UsagePoint(OLD, FEED, at(minute * 60L), Verdict.UNKNOWN, UsageReason.NO_ANSWER,
                    new CountRange(0, 0), Duration.ZERO)).forEach(given::add);
        }

        assertThat(given).isNotEmpty().noneMatch(SeriesPoint::isObserved);
    }

    @Test
    void fractions_areCarried_andTheSumIsKept() {
        for (int minute = 0; minute <= 101; minute++) {
            take(OLD, GENERAL, minute * 60L + 20, minute % 2);
        }

        assertThat(given).allSatisfy(point -> assertThat(point.count()).isEqualTo(Math.rint(point.count())));
        assertThat(given.stream().skip(1).limit(100).mapToDouble(SeriesPoint::count).sum()).isBetween(49.0, 51.0);
    }

    @Test
    void versionRefused_besideOneThatWorks_isUsedByNobody() {
        for (int minute = 0; minute < 10; minute++) {
            take(NEW, GENERAL, minute * 60L, 5);
            refused(OLD, minute * 60L);
        }
        assertThat(given.stream().skip(1)).isNotEmpty().allMatch(SeriesPoint::isObserved);
    }

    @Test
    void onlyVersion_refused_tellsNothing() {
        for (int minute = 0; minute < 10; minute++) {
            refused(OLD, minute * 60L);
        }
        assertThat(given).isNotEmpty().noneMatch(SeriesPoint::isObserved);
    }

    @Test
    void samples_rarerThanTheWindow_areTakenForTheWholeStep() {
        UseSeries slow = new UseSeries(Duration.ofSeconds(100));
        for (int i = 0; i < 20; i++) {
            slow.take(point(OLD, GENERAL, i * 100L, 6)).forEach(given::add);
        }

        assertThat(given.stream().skip(1)).isNotEmpty().allSatisfy(point -> {
            assertThat(point.coverage()).isBetween(0.55, 0.65);
            assertThat(point.count()).isEqualTo(10);
        });
    }

    @Test
    void gap_ofDays_isNotGivenOutStepByStep() {
        take(OLD, GENERAL, 0, 5);
        take(OLD, GENERAL, 60, 5);
        take(OLD, GENERAL, 86_400 * 30, 5);
        take(OLD, GENERAL, 86_400 * 30 + 60, 5);

        assertThat(given).hasSizeLessThan(5);
    }

    private List<SeriesPoint> observed() {
        return given.stream().skip(1).filter(SeriesPoint::isObserved).toList();
    }

    private void refused(VersionId version, long second) {
        series.take(new UsagePoint(version, GENERAL, at(second), Verdict.UNKNOWN, UsageReason.KEY_REFUSED,
                new CountRange(0, 0), Duration.ZERO)).forEach(given::add);
    }

    private void take(VersionId version, LimiterGroup group, long second, long count) {
        series.take(point(version, group, second, count)).forEach(given::add);
    }

    private static UsagePoint point(VersionId version, LimiterGroup group, long second, long count) {
        return new UsagePoint(version, group, at(second), count == 0 ? Verdict.SILENT : Verdict.IN_USE,
                UsageReason.MODEL_DECLARED, new CountRange(count, count), MINUTE);
    }

    private static Moment at(long second) {
        return new Moment("boot", Duration.ofSeconds(second), START.plusSeconds(second));
    }
}
