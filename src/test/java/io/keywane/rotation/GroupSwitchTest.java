package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.Cadence;
import io.keywane.usage.CadenceBuilder;
import io.keywane.usage.CountRange;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.HourlyLoad.Basis;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.UsageReason;
import io.keywane.usage.UseStep;
import io.keywane.usage.UseTally;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongUnaryOperator;

import static io.keywane.rotation.KeyScene.GENERAL;
import static io.keywane.rotation.KeyScene.NEW;
import static io.keywane.rotation.KeyScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A new key's load against what the old one's history lets expect, learnt from points. */
class GroupSwitchTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int DAY = 1_440;

    @Test
    void dayAndNight_areExpectedApart() {
        GroupCadence before = learn(5, minute -> minute % DAY >= 720 ? 10 : 2);

        GroupSwitch morning = compare(before, 5 * DAY, 5 * DAY + 60, minute -> 2);
        assertThat(morning.expected().hi()).isEqualTo(120, within(1.0));
        assertThat(morning.expected().basis()).isEqualTo(Basis.HOUR_OF_DAY);
        assertThat(morning.share()).isEqualTo(1, within(0.02));

        assertThat(compare(before, 5 * DAY + 780, 5 * DAY + 840, minute -> 2).share()).isEqualTo(0.2, within(0.01));
    }

    @Test
    void weekend_isExpectedByTheWeekend() {
        LongUnaryOperator load = minute -> minute / DAY % 7 >= 5 ? 1 : 10;
        GroupCadence before = learn(21, load);

        GroupSwitch saturday = compare(before, 26 * DAY, 26 * DAY + 120, load);
        assertThat(saturday.expected().basis()).isEqualTo(Basis.HOUR_OF_WEEK);
        assertThat(saturday.share()).isEqualTo(1, within(0.02));
    }

    @Test
    void shortHistory_isExpectedByItsMean() {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        for (int minute = 1; minute <= 20; minute++) {
            builder.add(point(OLD, minute, 6));
        }
        GroupCadence before = builder.build(at(20).wall()).of(GENERAL).orElseThrow();

        GroupSwitch now = compare(before, 60, 90, minute -> 3);
        assertThat(now.expected().basis()).isEqualTo(Basis.MEAN);
        assertThat(now.share()).isEqualTo(0.5, within(0.01));
    }

    @Test
    void unobservedTime_isNotExpectedToCarry() {
        GroupCadence before = learn(5, minute -> 4);
        List<UseStep> steps = steps(NEW, 5 * DAY, 5 * DAY + 60, minute -> minute % 2 == 0 ? 4 : -1);

        GroupSwitch now = GroupSwitch.of(before, steps, List.of(), at(5 * DAY), at(5 * DAY + 60));
        assertThat(now.carried().coverage()).isEqualTo(0.5, within(0.03));
        assertThat(now.share()).isEqualTo(1, within(0.03));
    }

    @Test
    void nightlyJob_isARunOnceItsHourIsOver() {
        GroupCadence before = learn(6, minute -> minute % DAY >= 120 && minute % DAY < 140 ? 3 : 0);
        LongUnaryOperator moved = minute -> minute % DAY >= 120 && minute % DAY < 140 ? 3 : 0;

        GroupSwitch.Run early = onlyRun(compare(before, 6 * DAY, 6 * DAY + 179, moved));
        assertThat(early.begin()).isEmpty();
        assertThat(early.nextEnd()).isEqualTo(at(6 * DAY + 180).wall());

        GroupSwitch.Run seen = onlyRun(compare(before, 6 * DAY, 6 * DAY + 180, moved));
        assertThat(seen.begin()).contains(at(6 * DAY + 120).wall());
        assertThat(seen.expected()).isEqualTo(60, within(0.5));
        assertThat(seen.carried()).isEqualTo(60, within(3.1));
        assertThat(seen.nextEnd()).isEqualTo(at(7 * DAY + 180).wall());

        assertThat(onlyRun(compare(before, 6 * DAY, 6 * DAY + 180, minute -> 0)).carried()).isZero();
    }

    @Test
    void nightlyJob_thatBeganBeforeTheComparedTime_isNoRun() {
        GroupCadence before = learn(6, minute -> minute % DAY >= 120 && minute % DAY < 140 ? 3 : 0);

        assertThat(onlyRun(compare(before, 6 * DAY + 121, 6 * DAY + 240, minute -> 3)).begin()).isEmpty();
    }

    @Test
    void nextLoad_isTheNextHourThatHasOne() {
        GroupCadence before = learn(6, minute -> minute % DAY >= 120 && minute % DAY < 140 ? 3 : 0);

        assertThat(compare(before, 6 * DAY + 600, 6 * DAY + 660, minute -> 0).next())
                .contains(at(7 * DAY + 120).wall());
    }

    @Test
    void stragglers_areToldByHour() {
        GroupCadence before = learn(5, minute -> 4);
        List<UseStep> remains = steps(OLD, 5 * DAY, 5 * DAY + 240, minute -> minute / 60 % 24 == 2 ? 1 : 0);

        GroupSwitch now = GroupSwitch.of(before, List.of(), remains, at(5 * DAY), at(5 * DAY + 240));
        assertThat(now.leftHours()).containsExactly(2);
        assertThat(now.left().lo()).isEqualTo(60, within(2.0));
        assertThat(now.share()).isZero();
    }

    private static GroupSwitch.Run onlyRun(GroupSwitch seen) {
        assertThat(seen.runs()).hasSize(1);
        return seen.runs().getFirst();
    }

    private static GroupSwitch compare(GroupCadence before, int from, int to, LongUnaryOperator load) {
        return GroupSwitch.of(before, steps(NEW, from, to, load), List.of(), at(from), at(to));
    }

    /** Negative requests: an unknown sample. */
    private static List<UseStep> steps(VersionId version, int from, int to, LongUnaryOperator load) {
        UseTally tally = new UseTally(Duration.ofDays(40));
        tally.add(point(version, from, 0));
        for (int minute = from + 1; minute <= to; minute++) {
            tally.add(point(version, minute, load.applyAsLong(minute - 1L)));
        }
        return tally.between(at(from), at(to), at(to));
    }

    private static GroupCadence learn(int days, LongUnaryOperator load) {
        CadenceBuilder builder = new CadenceBuilder(List.of(GENERAL));
        for (int minute = 1; minute <= days * DAY; minute++) {
            builder.add(point(OLD, minute, load.applyAsLong(minute - 1L)));
        }
        Cadence cadence = builder.build(at(days * DAY).wall());
        return cadence.of(GENERAL).orElseThrow();
    }

    private static UsagePoint point(VersionId version, int minute, long count) {
        Verdict verdict = count < 0 ? Verdict.UNKNOWN : count == 0 ? Verdict.SILENT : Verdict.IN_USE;
        long counted = Math.max(0, count);
        return new UsagePoint(version, GENERAL, at(minute), verdict, UsageReason.MODEL_DECLARED,
                new CountRange(counted, counted), count < 0 ? Duration.ZERO : Duration.ofMinutes(1));
    }

    private static Moment at(int minute) {
        return new Moment("boot-1", Duration.ofMinutes(minute), MONDAY.plus(Duration.ofMinutes(minute)));
    }
}
