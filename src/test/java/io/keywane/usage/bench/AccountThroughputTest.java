package io.keywane.usage.bench;

import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The least throughput that is promised, with a wide margin to what {@link AccountBenchmark} measures: the best of several
 * rounds by the time of one core, so that a busy machine does not fail it.
 */
class AccountThroughputTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double LEAST_PER_SECOND = 100_000;
    private static final int LEAST_ROUNDS = 20;
    private static final int MOST_ROUNDS = 60;

    @ParameterizedTest
    @EnumSource
    void samples_ofOneKey_areTakenInFastEnough(AccountBenchmark.Load load) {
        ProbeStream stream = load.stream(AccountBenchmark.PROBES);
        double best = 0;
        for (int round = 0; round < LEAST_ROUNDS || (round < MOST_ROUNDS && best < LEAST_PER_SECOND); round++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            int silent = stream.count(Verdict.SILENT);
            best = Math.max(best, stream.size() * 1e9 / (THREADS.getCurrentThreadCpuTime() - begin));
            assertThat(silent).isEqualTo(load == AccountBenchmark.Load.USED_MINUTE ? 1 : stream.size());
        }
        System.out.printf(Locale.ROOT, "%s: %,.0f samples a second%n", load, best);

        assertThat(best).isGreaterThan(LEAST_PER_SECOND);
    }
}
