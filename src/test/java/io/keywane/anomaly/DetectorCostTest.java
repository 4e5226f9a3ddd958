package io.keywane.anomaly;

import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the detector costs: time for a point, bytes for a series, and nothing for a restart. Alone in its time, for others'
 * garbage would be counted with it.
 */
@Isolated
final class DetectorCostTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final int DAY = 1_440;
    private static final int POINTS = 16 * DAY;
    private static final long LEAST_PER_SECOND = 500_000;
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 8;
    private static final int SERIES = 6;

    /** The two ways to judge, each with a series that is judged so. */
    enum Way {
        FLOW(60, 1_900, 2_176) {
            @Override
            double value(Random random, int i) {
                int minute = i % DAY;
                double rate = minute >= 480 && minute < 1_080 ? 30 : 2;
                double leak = i >= 9 * DAY + 700 && i < 9 * DAY + 760 ? 200 : 0;
                boolean silent = i >= 10 * DAY + 600 && i < 10 * DAY + 700;
                return silent ? 0 : Math.floor(rate * 2 * random.nextDouble() + leak);
            }
        },
        GAUGE(300, 1_900, 2_560) {
            @Override
            double value(Random random, int i) {
                return (i % 5_000 > 4_900 ? 80 : 50) + 5 * Math.sin(i / 46.0) + random.nextGaussian();
            }
        };

        private final int step;
        private final long snapshotBytes;
        private final long heapBytes;

        Way(int step, long snapshotBytes, long heapBytes) {
            this.step = step;
            this.snapshotBytes = snapshotBytes;
            this.heapBytes = heapBytes;
        }

        abstract double value(Random random, int i);

        Series series(long seed, int points) {
            Random random = new Random(seed);
            Instant[] times = new Instant[points];
            double[] values = new double[points];
            for (int i = 0; i < points; i++) {
                times[i] = START.plusSeconds((long) step * i);
                values[i] = value(random, i);
            }
            return new Series(times, values);
        }
    }

    /** Times and values, made before anything is measured. */
    static final class Series {
        private final Instant[] times;
        private final double[] values;

        Series(Instant[] times, double[] values) {
            this.times = times;
            this.values = values;
        }

        /** How many of its points begin an incident. */
        int judge(AnomalyDetector detector) {
            int incidents = 0;
            for (int i = 0; i < values.length; i++) {
                incidents += detector.observe(times[i], values[i]).isNew() ? 1 : 0;
            }
            return incidents;
        }
    }

    @ParameterizedTest
    @EnumSource
    void observe_onOneCore_takesHalfAMillionPointsASecond(Way way) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            series.add(way.series(i, POINTS));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        assertThat(threads.isCurrentThreadCpuTimeSupported()).isTrue();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            // Of this thread alone: what else runs on the machine does not count.
            long before = threads.getCurrentThreadCpuTime();
            int incidents = series.stream().mapToInt(one -> one.judge(new AnomalyDetector())).sum();
            long nanos = threads.getCurrentThreadCpuTime() - before;
            assertThat(incidents).as("the series hold incidents").isGreaterThanOrEqualTo(SERIES);
            best = round < WARM_UP ? best : Math.min(best, nanos);
        }
        long perSecond = Math.round(1e9 * SERIES * POINTS / best);
        System.out.printf(Locale.ROOT, "detector, %s: %,d points a second on one core (best of %d rounds of %,d)%n",
                way,
                perSecond, ROUNDS, SERIES * POINTS);

        assertThat(perSecond).isGreaterThanOrEqualTo(LEAST_PER_SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void state_ofASeries_staysSmall(Way way) {
        Series long16 = way.series(1, POINTS);
        Series undecided = way.series(1, 50);
        AnomalyDetector used = new AnomalyDetector();
        long16.judge(used);
        AnomalyDetector young = new AnomalyDetector();
        undecided.judge(young);
        int snapshot = used.snapshot().length;
        int first = young.snapshot().length;
        byte[] kept = used.snapshot();
        // Many, so that what others leave on the heap does not show.
        long heap = each(4_000, () -> AnomalyDetector.restore(kept));
        System.out.printf(Locale.ROOT,
                "detector, %s: state %d bytes as a snapshot (%d in its first hundred points), %d on the heap%n", way,
                snapshot, first, heap);

        assertThat(snapshot).isLessThanOrEqualTo((int) way.snapshotBytes);
        assertThat(heap).isPositive().isLessThanOrEqualTo(way.heapBytes);
        assertThat(first).as("both ways, until it is known which").isLessThanOrEqualTo(4_096);
    }

    private static long each(int count, Supplier<Object> maker) {
        Object[] kept = new Object[count];
        // What is loaded once is not counted.
        assertThat(maker.get()).isNotNull();
        long before = usedBytes();
        Arrays.setAll(kept, _ -> maker.get());
        long each = (usedBytes() - before) / count;
        assertThat(kept).doesNotContainNull();
        return each;
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @ParameterizedTest
    @EnumSource
    void restore_atRandomPoints_changesNoVerdict(Way way) {
        Random random = new Random(2_026);
        for (int seed = 0; seed < 12; seed++) {
            Series series = way.series(seed, POINTS);
            AnomalyDetector whole = new AnomalyDetector();
            AnomalyDetector restored = new AnomalyDetector();
            int incidents = 0;
            int cutInside = 0;
            boolean open = false;
            // Often: the counts of a quarter of an hour, a day and an incident under way are all cut somewhere.
            int next = random.nextInt(100);
            for (int i = 0; i < POINTS; i++) {
                if (random.nextInt(300) == 0) {
                    continue; // a sample that is missing
                }
                if (i >= next) {
                    byte[] snapshot = restored.snapshot();
                    restored = AnomalyDetector.restore(snapshot);
                    assertThat(restored.snapshot()).isEqualTo(snapshot);
                    next = i + 1 + random.nextInt(open ? 20 : 400);
                    cutInside += open ? 1 : 0;
                }
                Verdict expected = whole.observe(series.times[i], series.values[i]);
                Verdict actual = restored.observe(series.times[i], series.values[i]);
                if (!actual.equals(expected)) {
                    assertThat(actual).as("series %d, point %d", seed, i).isEqualTo(expected);
                }
                incidents += expected.isNew() ? 1 : 0;
                if (expected.incident().isPresent() != open) {
                    open = !open;
                    next = open ? i + 1 + random.nextInt(20) : next;
                }
            }
            assertThat(incidents).as("series %d holds incidents", seed).isPositive();
            assertThat(cutInside).as("cuts within an incident").isGreaterThanOrEqualTo(way == Way.FLOW ? 3 : 0);
            assertThat(restored.snapshot()).isEqualTo(whole.snapshot());
            assertThat(restored.usual()).isEqualTo(whole.usual());
        }
    }
}
