package io.keywane.engine.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Plays runs of consecutive seeds on several threads, for a number of them or for a time. */
final class Campaign {
    private static final int BATCH = 20;

    private final AtomicLong next;
    private final Report report = new Report();

    private Campaign(long first) {
        next = new AtomicLong(first);
    }

    /** Plays a number of runs. */
    static Report run(long first, long number, int threads) {
        return new Campaign(first).play(first + number, Long.MAX_VALUE, threads);
    }

    /** Plays runs for a time. */
    static Report run(long first, Duration time, int threads) {
        return new Campaign(first).play(Long.MAX_VALUE, time.toNanos(), threads);
    }

    /** Plays one run, without the engine's log: it warns of every fault that is put to it. */
    static <T> T silently(Callable<T> work) {
        Logger log = (Logger) LoggerFactory.getLogger("io.keywane.engine");
        Level before = log.getLevel();
        log.setLevel(Level.OFF);
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a run could not be played", e);
        } finally {
            log.setLevel(before);
        }
    }

    private Report play(long end, long nanos, int threads) {
        return silently(() -> {
            long began = System.nanoTime();
            try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
                List<Future<Void>> workers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    workers.add(pool.submit(() -> work(end, began, nanos)));
                }
                for (Future<Void> worker : workers) {
                    finish(worker);
                }
            }
            return report;
        });
    }

    private static void finish(Future<Void> worker) throws InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run could not be played", e);
        }
    }

    private Void work(long end, long began, long nanos) {
        while (System.nanoTime() - began < nanos) {
            long from = next.getAndAdd(BATCH);
            long to = Math.min(end, from + BATCH);
            if (from >= to) {
                break;
            }
            for (long seed = from; seed < to; seed++) {
                add(play(seed));
            }
        }
        return null;
    }

    private static Outcome play(long seed) {
        try {
            return new Run(RunPlan.of(seed), _ -> {}).play();
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    private synchronized void add(Outcome outcome) {
        report.add(outcome);
    }
}
