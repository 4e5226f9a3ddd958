package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** {@link ProbePlan} and {@link ProbeBudget}. */
class ProbePlanTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final ProbePlan PLAN = new ProbePlan(INTERVAL, 0.25);

    @Test
    void period_ofAStayingKey_isTheInterval() {
        assertThat(PLAN.period(false, Optional.of(window(60, 2, Kind.ROLLING)))).isEqualTo(INTERVAL);
    }

    @Test
    void period_whereNoWindowCanProve_isTheInterval() {
        assertThat(PLAN.period(true, Optional.empty())).isEqualTo(INTERVAL);
        assertThat(PLAN.period(true, Optional.of(window(60, 0, Kind.FIXED)))).isEqualTo(INTERVAL);
    }

    @ParameterizedTest
    @CsvSource({"20,1", "60,2", "60,4", "60,11", "600,2", "3600,2", "3600,400", "86400,2", "86400,2000"})
    void period_ofALeavingKey_keepsOwnRequestsOffTheEdge(long window, long tolerance) {
        Duration period = PLAN.period(true, Optional.of(window(window, tolerance, Kind.ROLLING)));

        double fraction = (double) window / (period.toNanos() / 1e9) % 1;
        assertThat(fraction).isBetween(0.499, 0.501);
        double clearance = period.toNanos() / 2e9;
        assertThat(clearance).as("half a period beside the edge").isGreaterThan(tolerance + 1.0);
        assertThat(period).as("two samples in a window").isLessThan(Duration.ofSeconds(window));
    }

    @Test
    void period_ofALeavingKey_mayBeLongerThanTheInterval() {
        // At every minute of an hour, one own request would always lie at the edge, and nothing could be proven.
        assertThat(PLAN.period(true, Optional.of(window(3_600, 2, Kind.ROLLING)))).isGreaterThan(INTERVAL);
    }

    @Test
    void firstProbe_afterAStart_waitsForThePhase() {
        assertThat(PLAN.isDue(at(14), at(0), Optional.empty(), INTERVAL, Optional.empty())).isFalse();
        assertThat(PLAN.isDue(at(15), at(0), Optional.empty(), INTERVAL, Optional.empty())).isTrue();
    }

    @Test
    void nextProbe_afterTheLast_waitsForThePeriod() {
        assertThat(PLAN.isDue(at(159), at(0), Optional.of(at(100)), INTERVAL, Optional.empty())).isFalse();
        assertThat(PLAN.isDue(at(160), at(0), Optional.of(at(100)), INTERVAL, Optional.empty())).isTrue();
    }

    @Test
    void nextProbe_afterARestartOfTheHost_waitsForThePeriodAnew() {
        Moment before = new Moment("boot-0", Duration.ofDays(9), Instant.EPOCH);

        assertThat(PLAN.isDue(at(59), at(0), Optional.of(before), INTERVAL, Optional.empty())).isFalse();
        assertThat(PLAN.isDue(at(60), at(0), Optional.of(before), INTERVAL, Optional.empty())).isTrue();
    }

    @Test
    void nextProbe_whileTheServerAsksToWait_waits() {
        assertThat(PLAN.isDue(at(500), at(0), Optional.of(at(0)), INTERVAL, Optional.of(at(501)))).isFalse();
        assertThat(PLAN.isDue(at(501), at(0), Optional.of(at(0)), INTERVAL, Optional.of(at(501)))).isTrue();
    }

    @Test
    void phase_outsideItsRange_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProbePlan(INTERVAL, 1));
    }

    @Test
    void budget_ofCredits_isNeverOverspent() {
        ProbeBudget budget = new ProbeBudget(10, 0.1);

        assertThat(budget.allowsCredits(9, 1)).isTrue();
        assertThat(budget.allowsCredits(9, 2)).isFalse();
        assertThat(budget.allowsCredits(10, 0)).isTrue();
    }

    @Test
    void budget_ofRequests_isAShareOfTheLimit() {
        ProbeBudget budget = new ProbeBudget(10, 0.1);
        RateLimitReading free = new RateLimitReading(100, 90, Instant.EPOCH);

        assertThat(budget.allowsRequest(free, 9)).isTrue();
        assertThat(budget.allowsRequest(free, 10)).isFalse();
    }

    @Test
    void budget_ofATinyLimit_allowsOne() {
        ProbeBudget budget = new ProbeBudget(10, 0.1);
        RateLimitReading tiny = new RateLimitReading(3, 3, Instant.EPOCH);

        assertThat(budget.allowsRequest(tiny, 0)).isTrue();
        assertThat(budget.allowsRequest(tiny, 1)).isFalse();
    }

    @Test
    void budget_whereConsumersNeedTheRest_allowsNone() {
        ProbeBudget budget = new ProbeBudget(10, 0.5);

        assertThat(budget.allowsRequest(new RateLimitReading(100, 6, Instant.EPOCH), 0)).isTrue();
        assertThat(budget.allowsRequest(new RateLimitReading(100, 5, Instant.EPOCH), 0)).isFalse();
    }

    private static WindowModel window(long seconds, long tolerance, Kind kind) {
        return new WindowModel(100, Duration.ofSeconds(seconds), kind, Duration.ofSeconds(tolerance), true,
                ResetMeaning.UNKNOWN);
    }

    private static Moment at(long seconds) {
        return new Moment("boot-1", Duration.ofSeconds(seconds), Instant.EPOCH.plusSeconds(seconds));
    }
}
