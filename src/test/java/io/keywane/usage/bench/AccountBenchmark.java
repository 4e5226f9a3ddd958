package io.keywane.usage.bench;

import io.keywane.usage.UsagePoint.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Samples a second on one core. {@code src/test/sh/bench} runs it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class AccountBenchmark {
    static final int PROBES = 10_000;

    /** Which key: what window its answers show, and whether others use it. */
    public enum Load {
        QUIET_MINUTE(Duration.ofSeconds(60), Duration.ofSeconds(24), 0),
        QUIET_HOUR(Duration.ofHours(1), Duration.ofSeconds(342), 0),
        /** A window that holds hundreds of own requests. */
        QUIET_DAY(Duration.ofDays(1), Duration.ofSeconds(237), 0),
        USED_MINUTE(Duration.ofSeconds(60), Duration.ofSeconds(24), 7);

        private final Duration window;
        private final Duration period;
        private final int foreign;

        Load(Duration window, Duration period, int foreign) {
            this.window = window;
            this.period = period;
            this.foreign = foreign;
        }

        ProbeStream stream(int probes) {
            return ProbeStream.of(window, period, foreign, probes);
        }
    }

    @Param
    public Load load = Load.QUIET_MINUTE;

    private ProbeStream stream = load.stream(1);

    @Setup
    public void prepare() {
        stream = load.stream(PROBES);
    }

    /** Headers, ledger entry and conclusion. */
    @Benchmark
    @OperationsPerInvocation(PROBES)
    public int sample() {
        return stream.count(Verdict.SILENT);
    }

    /** The headers alone. */
    @Benchmark
    @OperationsPerInvocation(PROBES)
    public void headers(Blackhole hole) {
        for (int i = 0; i < PROBES; i++) {
            hole.consume(stream.read(i));
        }
    }
}
