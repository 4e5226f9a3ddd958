package io.keywane.sandbox;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;

/** The models that are neither a true log nor an aligned window, and what holds for all. */
class WindowModelTest {
    private static final long MINUTE = 60_000;

    @Test
    void buckets_request_leavesWithItsBucket() {
        WindowCounter window = open(WindowModel.ROLLING_BUCKETS, 3);
        window.count(at(5));
        window.count(at(12));
        assertThat(window.used(at(59.999))).isEqualTo(2);
        assertThat(window.used(at(60))).as("55 s after it was counted").isEqualTo(1);
        assertThat(window.used(at(69.999))).isEqualTo(1);
        assertThat(window.used(at(70))).isZero();
    }

    @Test
    void buckets_reset_isWhenTheOldestBucketLeaves() {
        WindowCounter window = open(WindowModel.ROLLING_BUCKETS, 3);
        assertThat(window.reset(at(5))).isEqualTo(at(65));
        window.count(at(5));
        window.count(at(12));
        assertThat(window.reset(at(30))).isEqualTo(at(60));
        assertThat(window.reset(at(60))).isEqualTo(at(70));
        WindowCounter now = WindowModel.ROLLING_BUCKETS.open(new WindowLimit(Duration.ofMinutes(1), 3),
                ResetMeaning.NOW);
        now.count(at(5));
        assertThat(now.reset(at(30))).isEqualTo(at(90));
    }

    @Test
    void buckets_full_admitsWhenEnoughLeave() {
        WindowCounter window = open(WindowModel.ROLLING_BUCKETS, 3);
        for (double second : new double[]{5, 6, 12, 13}) {
            window.count(at(second));
        }
        assertThat(window.used(at(14))).isEqualTo(4);
        assertThat(window.admits(at(14))).isEqualTo(at(60));
        window.change(2);
        assertThat(window.admits(at(14))).isEqualTo(at(70));
    }

    @Test
    void buckets_longIdle_startsEmpty() {
        WindowCounter window = open(WindowModel.ROLLING_BUCKETS, 3);
        window.count(at(5));
        assertThat(window.used(at(1_000_000))).isZero();
        assertThat(window.used(at(5))).as("a clock that stepped back").isZero();
    }

    @Test
    void firstRequest_opensTheWindow() {
        WindowCounter window = open(WindowModel.FIXED_FROM_FIRST_REQUEST, 2);
        assertThat(window.reset(at(3))).isEqualTo(at(63));
        window.count(at(25));
        window.count(at(80));
        assertThat(window.used(at(84.999))).isEqualTo(2);
        assertThat(window.reset(at(84.999))).isEqualTo(at(85));
        assertThat(window.admits(at(80))).isEqualTo(at(85));
        assertThat(window.used(at(85))).isZero();
        assertThat(window.reset(at(90))).as("none is open").isEqualTo(at(150));
        window.count(at(90));
        assertThat(window.reset(at(100))).isEqualTo(at(150));
    }

    @Test
    void gcra_request_drainsAtAConstantRate() {
        WindowCounter window = open(WindowModel.GCRA, 3);
        window.count(at(0));
        window.count(at(0));
        assertThat(window.used(at(0))).isEqualTo(2);
        assertThat(window.used(at(19.999))).isEqualTo(2);
        assertThat(window.used(at(20))).isEqualTo(1);
        assertThat(window.used(at(40))).isZero();
    }

    @Test
    void gcra_steadyUse_showsOneThoughThreeCameInTheWindow() {
        WindowCounter window = open(WindowModel.GCRA, 3);
        for (double second : new double[]{0, 20, 40}) {
            window.count(at(second));
        }
        assertThat(window.used(at(40))).isEqualTo(1);
    }

    @Test
    void gcra_full_admitsWhenOneHasDrained() {
        WindowCounter window = open(WindowModel.GCRA, 3);
        for (int i = 0; i < 4; i++) {
            window.count(at(1));
        }
        assertThat(window.used(at(1))).isEqualTo(3);
        assertThat(window.admits(at(1))).isEqualTo(at(21));
        assertThat(window.reset(at(1))).isEqualTo(at(61));
        assertThat(window.reset(at(70))).as("drained").isEqualTo(at(70));
    }

    @Test
    void gcra_otherLimit_keepsWhatIsUsed() {
        WindowCounter window = open(WindowModel.GCRA, 3);
        window.count(at(0));
        window.count(at(0));
        window.change(6);
        assertThat(window.used(at(0))).isEqualTo(2);
        assertThat(window.used(at(10))).as("a cell drains twice as fast").isEqualTo(1);
        window.change(1);
        assertThat(window.used(at(10))).isEqualTo(1);
        assertThat(open(WindowModel.GCRA, 3).used(at(0))).isZero();
    }

    @Test
    void weighted_formerWindow_fades() {
        WindowCounter window = open(WindowModel.WEIGHTED, 10);
        for (int i = 0; i < 6; i++) {
            window.count(at(1));
        }
        assertThat(window.used(at(59.999))).isEqualTo(6);
        assertThat(window.used(at(60))).isEqualTo(6);
        assertThat(window.used(at(75))).as("4.5, rounded up").isEqualTo(5);
        assertThat(window.reset(at(75))).isEqualTo(at(120));
        window.count(at(90));
        assertThat(window.used(at(90))).isEqualTo(4);
        assertThat(window.used(at(120))).isEqualTo(1);
        assertThat(window.used(at(180))).isZero();
    }

    @Test
    void weighted_full_admitsWhenTheFormerWindowHasFaded() {
        WindowCounter window = open(WindowModel.WEIGHTED, 3);
        for (int i = 0; i < 3; i++) {
            window.count(at(10));
        }
        assertThat(window.admits(at(20))).isEqualTo(at(80));
        assertThat(window.used(at(79.999))).isEqualTo(3);
        assertThat(window.used(at(80))).isEqualTo(2);
        window.count(at(80));
        assertThat(window.admits(at(80))).isEqualTo(at(100));
    }

    @Test
    void rolling_otherLimit_keepsTheNewest() {
        WindowCounter window = open(WindowModel.ROLLING, 3);
        for (int second = 1; second <= 3; second++) {
            window.count(at(second));
        }
        window.change(4);
        assertThat(window.admits(at(3))).isEqualTo(at(3));
        window.count(at(4));
        assertThat(window.used(at(4))).isEqualTo(4);
        window.change(2);
        assertThat(window.used(at(4))).isEqualTo(2);
        assertThat(window.admits(at(4))).isEqualTo(at(63));
    }

    /** Against what the model's definition gives for the whole history, recomputed each time. */
    @ParameterizedTest
    @EnumSource
    void used_anyHistory_isWhatTheDefinitionSays(WindowModel model) {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 50; run++) {
            WindowCounter window = open(model, 1_000);
            List<Long> history = new ArrayList<>();
            long now = START.toEpochMilli() + random.nextLong(MINUTE);
            for (int step = 0; step < 100; step++) {
                now += random.nextInt(4) == 0 ? random.nextLong(MINUTE) : random.nextLong(3_000);
                window.count(Instant.ofEpochMilli(now));
                history.add(now);
                now += random.nextLong(5_000);
                assertThat(window.used(Instant.ofEpochMilli(now))).as("run %d, step %d", run, step)
                        .isEqualTo(defined(model, history, now));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void admits_full_isTheFirstMillisecondWithRoom(WindowModel model) {
        SplittableRandom random = new SplittableRandom(11);
        for (int run = 0; run < 200; run++) {
            WindowCounter window = open(model, 7);
            long now = START.toEpochMilli();
            for (int step = 0; step < 9; step++) {
                now += random.nextLong(9_000);
                window.count(Instant.ofEpochMilli(now));
            }
            Instant admits = window.admits(Instant.ofEpochMilli(now));
            if (admits.toEpochMilli() > now) {
                assertThat(window.used(admits.minusMillis(1))).as("run %d", run).isGreaterThanOrEqualTo(7);
            }
            assertThat(window.used(admits.plusMillis(1)))
                    .as("run %d", run).isLessThan(7);
        }
    }

    private static int defined(WindowModel model, List<Long> history, long now) {
        long begins = Math.floorDiv(now, MINUTE) * MINUTE;
        return switch (model) {
            case ROLLING -> count(history, now - MINUTE + 1, now);
            case ROLLING_BUCKETS -> count(history, Math.floorDiv(now, 10_000L) * 10_000 - 50_000, now);
            case FIXED -> count(history, begins, now);
            case FIXED_FROM_FIRST_REQUEST -> sinceTheFirst(history, now);
            case GCRA -> drained(history, now);
            case WEIGHTED -> count(history, begins, now)
                    + (int) Math.ceil(count(history, begins - MINUTE, begins - 1) * (begins + MINUTE - now) / 60_000.0);
        };
    }

    private static int count(List<Long> history, long from, long to) {
        return (int) history.stream().filter(time -> time >= from && time <= to).count();
    }

    private static int sinceTheFirst(List<Long> history, long now) {
        long start = history.getFirst();
        for (long time : history) {
            start = time >= start + MINUTE ? time : start;
        }
        return now >= start + MINUTE ? 0 : count(history, start, now);
    }

    /** With a limit of 1,000 one drains every 60 ms. */
    private static int drained(List<Long> history, long now) {
        long empty = 0;
        for (long time : history) {
            empty = Math.max(empty, time) + 60;
        }
        return (int) Math.max(0, Math.ceilDiv(empty - now, 60L));
    }

    private static WindowCounter open(WindowModel model, int limit) {
        return model.open(new WindowLimit(Duration.ofMinutes(1), limit), ResetMeaning.OLDEST);
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }
}
