package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** {@link ForeignRate}. */
class UsageRatesTest {
    private static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    private static final LimiterGroup GROUP = new LimiterGroup("general");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void between_pointsCloserThanTheWindow_takesTheirShareOfTheCount() {
        ForeignRate rate = ForeignRate.between(used(0, 10, 10), used(30, 10, 12));

        assertThat(rate.lo()).isEqualTo(5, within(1e-9));
        assertThat(rate.hi()).isEqualTo(6, within(1e-9));
        assertThat(rate.loPerMinute()).isEqualTo(10, within(1e-9));
        assertThat(rate.coverage()).isEqualTo(1, within(1e-9));
    }

    @Test
    void between_pointsFurtherApartThanTheWindow_leavesTheRestUncovered() {
        ForeignRate rate = ForeignRate.between(used(0, 0, 0), used(240, 10, 10));

        assertThat(rate.lo()).isEqualTo(10, within(1e-9));
        assertThat(rate.coverage()).isEqualTo(0.25, within(1e-9));
        assertThat(rate.loPerMinute()).isEqualTo(10, within(1e-9));
    }

    @Test
    void between_anUnknownPoint_coversNothing() {
        UsagePoint unknown = new UsagePoint(VERSION, GROUP, at(60), Verdict.UNKNOWN, UsageReason.NO_ANSWER,
                CountRange.ZERO, Duration.ZERO);

        ForeignRate rate = ForeignRate.between(used(0, 9, 9), unknown);

        assertThat(rate).isEqualTo(new ForeignRate(0, 0, Duration.ZERO, MINUTE));
        assertThat(rate.loPerMinute()).isZero();
    }

    @Test
    void between_pointsInTheOrderOfAClockThatWasSetBack_coversNothing() {
        ForeignRate rate = ForeignRate.between(used(30, 10, 10), used(0, 10, 12));

        assertThat(rate).isEqualTo(new ForeignRate(0, 0, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void between_aClosedGroup_isCoveredAndUnused() {
        UsagePoint closed = new UsagePoint(VERSION, GROUP, at(60), Verdict.CLOSED, UsageReason.GROUP_CLOSED,
                CountRange.ZERO, Duration.ZERO);

        assertThat(ForeignRate.between(closed, closed(120)).coverage()).isEqualTo(1, within(1e-9));
    }

    @Test
    void between_pointsOfTwoBoots_coversNothing() {
        UsagePoint later = new UsagePoint(VERSION, GROUP, new Moment("boot-2", MINUTE, Instant.EPOCH),
                Verdict.IN_USE, UsageReason.MODEL_DECLARED, CountRange.ONE, MINUTE);

        assertThat(ForeignRate.between(used(0, 1, 1), later).covered()).isZero();
    }

    @Test
    void over_aSeries_addsUpToTheRequests() {
        List<UsagePoint> steady = List.of(used(0, 60, 60), used(24, 60, 60), used(48, 60, 60), used(72, 60, 60));

        ForeignRate rate = ForeignRate.over(steady);

        assertThat(rate.lo()).isEqualTo(72, within(1e-9));
        assertThat(rate.loPerMinute()).isEqualTo(60, within(1e-9));
    }

    @Test
    void over_fewerThanTwoPoints_isNothing() {
        assertThat(ForeignRate.over(List.of(used(0, 5, 5)))).isEqualTo(ForeignRate.NONE);
        assertThat(ForeignRate.NONE.coverage()).isZero();
    }

    private static UsagePoint closed(long seconds) {
        return new UsagePoint(VERSION, GROUP, at(seconds), Verdict.CLOSED, UsageReason.GROUP_CLOSED, CountRange.ZERO,
                Duration.ZERO);
    }

    private static UsagePoint used(long seconds, long lo, long hi) {
        return new UsagePoint(VERSION, GROUP, at(seconds), Verdict.IN_USE, UsageReason.MODEL_DECLARED,
                new CountRange(lo, hi), MINUTE);
    }

    private static Moment at(long seconds) {
        return new Moment("boot-1", Duration.ofSeconds(seconds), Instant.EPOCH.plusSeconds(seconds));
    }
}
