package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;

class LimiterTest {
    private static final RateSettings RATES = RateSettings.published()
            .withGeneral(List.of(window(60, 10), window(3_600, 100), window(86_400, 1_000)));

    private static final Caller HERE = new Caller(0x7f000001, 40_000);

    private final TestingClock clock = new TestingClock();

    @Test
    void judge_first_countsTheAnsweredRequest() {
        Ruling ruling = limiter(RATES).judge(clock, HERE, () -> 200);
        assertThat(ruling.counted()).isTrue();
        assertThat(ruling.reading()).isEqualTo(new RateReading(10, 9, START.plusSeconds(60)));
    }

    @Test
    void judge_answeredNotCounted_showsTheStateBefore() {
        Limiter limiter = limiter(RATES.withCountsAnswered(false));
        assertThat(limiter.judge(clock, HERE, () -> 200).reading().remaining()).isEqualTo(10);
        assertThat(limiter.judge(clock, HERE, () -> 200).reading().remaining()).isEqualTo(9);
    }

    @Test
    void judge_full_refusesWithoutSettlingOrCounting() {
        Limiter limiter = limiter(RATES);
        fill(limiter, 10);
        clock.advance(Duration.ofSeconds(1));
        AtomicInteger settled = new AtomicInteger();
        Ruling ruling = limiter.judge(clock, HERE, settled::incrementAndGet);
        assertThat(ruling.status()).isEqualTo(429);
        assertThat(ruling.counted()).isFalse();
        assertThat(ruling.reading().remaining()).isZero();
        assertThat(ruling.retryAfter()).isEqualTo(Duration.ofSeconds(59));
        assertThat(settled).hasValue(0);
    }

    @Test
    void judge_afterTheWindow_admitsAgain() {
        Limiter limiter = limiter(RATES);
        fill(limiter, 10);
        clock.advance(Duration.ofMillis(59_999));
        assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(429);
        clock.advance(Duration.ofMillis(1));
        assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(200);
    }

    @Test
    void judge_longerWindowFull_refusesThoughTheMinuteIsFree() {
        Limiter limiter = limiter(RATES);
        for (int minute = 0; minute < 10; minute++) {
            fill(limiter, 10);
            clock.advance(Duration.ofMinutes(1));
        }
        Ruling ruling = limiter.judge(clock, HERE, () -> 200);
        assertThat(ruling.status()).isEqualTo(429);
        assertThat(ruling.reading().limit()).isEqualTo(100);
        assertThat(ruling.retryAfter()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void judge_tightest_switchesToTheWindowWithTheSmallestShare() {
        Limiter limiter = limiter(RATES);
        fill(limiter, 5);
        clock.advance(Duration.ofMinutes(2));
        Ruling ruling = limiter.judge(clock, HERE, () -> 200);
        assertThat(ruling.reading().limit()).as("9/10 of the minute is less than 94/100 of the hour").isEqualTo(10);
        fill(limiter, 4);
        clock.advance(Duration.ofMinutes(2));
        fill(limiter, 1);
        clock.advance(Duration.ofMinutes(2));
        assertThat(limiter.refuse(clock, HERE, 404).reading().limit()).isEqualTo(100);
    }

    @Test
    void judge_first_alwaysShowsTheShortest() {
        Limiter limiter = limiter(RATES.withShown(ShownWindow.FIRST));
        fill(limiter, 9);
        clock.advance(Duration.ofMinutes(2));
        assertThat(limiter.refuse(clock, HERE, 404).reading()).extracting(RateReading::limit, RateReading::remaining)
                .containsExactly(10, 10);
    }

    @Test
    void judge_refusedStatus_countsOnlyIfSettingsSaySo() {
        Limiter lenient = limiter(RATES);
        assertThat(lenient.judge(clock, HERE, () -> 402).counted()).isFalse();
        assertThat(lenient.judge(clock, HERE, () -> 200).reading().remaining()).isEqualTo(9);
        Limiter strict = new Limiter(RATES, new RefusalSettings(Set.of(402), Set.of()), LimiterGroup.GENERAL);
        assertThat(strict.judge(clock, HERE, () -> 402).counted()).isTrue();
        assertThat(strict.judge(clock, HERE, () -> 200).reading().remaining()).isEqualTo(8);
    }

    @Test
    void judge_countedRefusals_prolongTheRefusal() {
        Limiter limiter = new Limiter(RATES, new RefusalSettings(Set.of(429), Set.of(429)), LimiterGroup.GENERAL);
        fill(limiter, 10);
        for (int second = 0; second < 59; second++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(429);
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(429);
    }

    @Test
    void judge_manyThreads_neverAdmitMoreThanTheLimit() throws Exception {
        RateSettings rates = RATES.withGeneral(List.of(window(60, 5_000)));
        Limiter limiter = limiter(rates);
        AtomicInteger admitted = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 20_000; i++) {
                threads.execute(() -> {
                    int status = limiter.judge(InstantSource.fixed(START), HERE, () -> 200).status();
                    admitted.addAndGet(status == 200 ? 1 : 0);
                });
            }
        }
        assertThat(admitted).hasValue(5_000);
    }

    private void fill(Limiter limiter, int requests) {
        for (int i = 0; i < requests; i++) {
            assertThat(limiter.judge(clock, HERE, () -> 200).status()).isEqualTo(200);
        }
    }

    private static Limiter limiter(RateSettings rates) {
        return new Limiter(rates, RefusalSettings.standard(), LimiterGroup.GENERAL);
    }

    private static WindowLimit window(int seconds, int limit) {
        return new WindowLimit(Duration.ofSeconds(seconds), limit);
    }
}
