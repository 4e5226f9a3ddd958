package io.keywane.engine;

import io.keywane.alert.AlertName;
import io.keywane.alert.Incident;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.CountRange;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.UsageReason;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Use of a key through series, detector and incidents, over days of virtual time. */
class UseWatchTest {
    private static final VersionId OLD = new VersionId("0".repeat(32));
    private static final VersionId NEW = new VersionId("1".repeat(32));
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CALM = Duration.ofMinutes(10);
    private static final int DAY = 1_440;

    private final Random random = new Random(5);
    private UseWatch watch = new UseWatch(MINUTE, CALM);
    private int minute;

    @Test
    void leak_begunAndEnded_isOneIncidentThatResolvesOnce() {
        run(9 * DAY, 1, OLD);
        assertThat(watch.latest()).isEmpty();

        run(60, 6, OLD);
        Incident incident = watch.latest().orElseThrow();
        assertThat(incident.isOpen()).isTrue();
        assertThat(incident.alert()).isEqualTo(AlertName.USAGE_SPIKE);
        assertThat(Duration.between(at(9 * DAY).wall(), incident.detected())).isBetween(MINUTE.negated(),
                Duration.ofMinutes(10));
        assertThat(incident.anomaly().actual()).isGreaterThan(3 * incident.anomaly().expected());

        run(8, 1, OLD);
        assertThat(watch.latest().filter(Incident::isOpen)).as("before it was calm for long enough").isPresent();
        run(10, 1, OLD);
        assertThat(watch.latest().filter(Incident::isOpen)).isEmpty();
        run(DAY, 1, OLD);
        assertThat(watch.incidents()).hasSize(1);
    }

    @Test
    void leak_thatComesBackAfterAPause_isTheSameIncident() {
        run(9 * DAY, 1, OLD);
        run(30, 6, OLD);
        run(20, 1, OLD);
        assertThat(watch.latest().filter(Incident::isOpen)).isEmpty();

        run(10, 6, OLD);

        assertThat(watch.incidents()).hasSize(1);
        assertThat(watch.latest().filter(Incident::isOpen)).isPresent();
    }

    @Test
    void rotation_inTheMiddleOfTheDay_isNoIncident() {
        run(9 * DAY + 12 * 60, 1, OLD);
        for (int i = 0; i <= 30; i++) {
            take(OLD, load() * (30 - i) / 30);
            take(NEW, load() * i / 30);
            minute++;
        }
        run(DAY, 1, NEW);

        assertThat(watch.incidents()).isEmpty();
    }

    @Test
    void consumers_thatStop_areAnIncidentOfSilence() {
        run(9 * DAY, 1, OLD);
        run(60, 0, OLD);

        assertThat(watch.latest().map(Incident::alert)).contains(AlertName.USAGE_SILENT);
        run(25, 1, OLD);
        assertThat(watch.latest().filter(Incident::isOpen)).isEmpty();
    }

    @Test
    void api_thatDoesNotAnswer_isNoIncident() {
        run(9 * DAY, 1, OLD);
        for (int i = 0; i < 120; i++, minute++) {
            watch.take(new UsagePoint(OLD, GENERAL, at(minute), Verdict.UNKNOWN, UsageReason.NO_ANSWER,
                    new CountRange(0, 0), Duration.ZERO));
        }
        run(120, 1, OLD);

        assertThat(watch.incidents()).isEmpty();
    }

    @Test
    void restart_inTheMiddleOfALeak_changesNothing() {
        run(9 * DAY, 1, OLD);
        run(10, 6, OLD);
        List<Incident> before = watch.incidents();
        String kept = watch.toSave().orElseThrow();

        UseWatch restored = new UseWatch(MINUTE, CALM);
        restored.restore(kept);
        assertThat(restored.incidents()).isEqualTo(before);

        UseWatch first = watch;
        int from = minute - 10;
        int end = minute + 200;
        List<Integer> counts = random.ints(end - from, 15, 25).boxed().toList();
        for (int i = minute - 10; i < end; i++) {
            UsagePoint point = point(OLD, i, counts.get(i - from));
            restored.take(point);
            if (i >= minute) {
                first.take(point);
            }
        }
        assertThat(restored.incidents()).isEqualTo(first.incidents());
        assertThat(restored.incidents()).hasSize(1);
    }

    @Test
    void keeping_isDueAfterAQuarterOfAnHourOrAChange() {
        run(300, 1, OLD);
        assertThat(watch.toSave()).isPresent();
        watch.saved();

        run(14, 1, OLD);
        assertThat(watch.toSave()).isEmpty();
        run(2, 1, OLD);
        assertThat(watch.toSave()).isPresent();
    }

    @Test
    void interval_ofFiveMinutes_isTheStep() {
        assertThat(UseWatch.stepOf(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(UseWatch.stepOf(Duration.ofSeconds(10))).isEqualTo(MINUTE);
    }

    private void run(int minutes, int factor, VersionId version) {
        for (int end = minute + minutes; minute < end; minute++) {
            take(version, load() * factor);
        }
    }

    private long load() {
        return 14L + random.nextInt(8);
    }

    private void take(VersionId version, long count) {
        watch.take(point(version, minute, count));
    }

    private static UsagePoint point(VersionId version, int minute, long count) {
        return new UsagePoint(version, GENERAL, at(minute), count == 0 ? Verdict.SILENT : Verdict.IN_USE,
                UsageReason.MODEL_DECLARED, new CountRange(count, count), MINUTE);
    }

    private static Moment at(long minute) {
        return new Moment("boot", Duration.ofMinutes(minute), START.plus(Duration.ofMinutes(minute)));
    }
}
