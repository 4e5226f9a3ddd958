package io.keywane.usage.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Plays scenarios from consecutive seeds on several threads, for a number of them or for a time. */
final class Campaign {
    private static final int BATCH = 20;

    private final LongFunction<Scenario> scenarios;
    private final AtomicLong next;
    private final Tally all = new Tally();
    private final Map<LimiterKind, Tally> byKind = new EnumMap<>(LimiterKind.class);
    private long lastSeed;
    private Duration took = Duration.ZERO;

    private Campaign(LongFunction<Scenario> scenarios, long firstSeed) {
        this.scenarios = scenarios;
        this.next = new AtomicLong(firstSeed);
    }

    /** Plays a number of scenarios. */
    static Campaign run(LongFunction<Scenario> scenarios, long firstSeed, long number, int threads) {
        return new Campaign(scenarios, firstSeed).play(firstSeed + number, Long.MAX_VALUE, threads);
    }

    /** Plays scenarios for a time. */
    static Campaign run(LongFunction<Scenario> scenarios, long firstSeed, Duration time, int threads) {
        return new Campaign(scenarios, firstSeed).play(Long.MAX_VALUE, time.toNanos(), threads);
    }

    private Campaign play(long end, long nanos, int threads) {
        long began = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Void>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit((Callable<Void>) () -> {
                    work(end, began, nanos);
                    return null;
                }));
            }
            for (Future<Void> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a scenario could not be played", e);
        }
        took = Duration.ofNanos(System.nanoTime() - began);
        return this;
    }

    private void work(long end, long began, long nanos) {
        while (System.nanoTime() - began < nanos) {
            long from = next.getAndAdd(BATCH);
            long to = Math.min(end, from + BATCH);
            if (from >= to) {
                return;
            }
            List<Outcome> played = new ArrayList<>();
            for (long seed = from; seed < to; seed++) {
                played.add(play(seed));
            }
            add(played, to - 1);
        }
    }

    private Outcome play(long seed) {
        try {
            return Simulation.play(scenarios.apply(seed));
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed, e);
        }
    }

    private synchronized void add(List<Outcome> played, long seed) {
        lastSeed = Math.max(lastSeed, seed);
        for (Outcome outcome : played) {
            all.add(outcome);
            LimiterKind kind = outcome.scenario.groups().getFirst().limiter().kind();
            byKind.computeIfAbsent(kind, k -> new Tally()).add(outcome);
        }
    }

    Tally all() {
        return all;
    }

    /** The table of what was played, by the limiter of the first group. */
    String table() {
        StringBuilder text = new StringBuilder(Tally.head()).append(System.lineSeparator());
        byKind.forEach((kind, tally) -> text.append(tally.row(kind.toString())).append(System.lineSeparator()));
        text.append(all.row("all")).append(System.lineSeparator());
        text.append(String.format("seeds up to %d, %.0f s%n", lastSeed, took.toMillis() / 1e3));
        return text.toString();
    }

    /** What went wrong, with the seeds to play again. */
    String failures() {
        StringBuilder text = new StringBuilder();
        for (Outcome outcome : all.failed) {
            text.append("seed ").append(outcome.scenario.seed()).append(": ").append(outcome.lies())
                    .append(System.lineSeparator());
        }
        return text.toString();
    }
}
