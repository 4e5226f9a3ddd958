package io.keywane.usage.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays each row of the power campaign with the same seeds. */
final class PowerCampaign {
    private final Map<PowerRow, PowerTally> tallies = new EnumMap<>(PowerRow.class);
    private final int scenarios;
    private Duration took = Duration.ZERO;

    private PowerCampaign(int scenarios) {
        this.scenarios = scenarios;
    }

    /** Plays so many scenarios of each row, from seed 0 on. */
    static PowerCampaign run(int scenarios, int threads) {
        return new PowerCampaign(scenarios).play(threads);
    }

    private PowerCampaign play(int threads) {
        long began = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Map<PowerRow, List<Future<Outcome>>> played = new EnumMap<>(PowerRow.class);
            for (PowerRow row : PowerRow.values()) {
                List<Future<Outcome>> outcomes = new ArrayList<>();
                for (long seed = 0; seed < scenarios; seed++) {
                    long of = seed;
                    outcomes.add(pool.submit(() -> Simulation.play(PowerDraw.scenario(row, of))));
                }
                played.put(row, outcomes);
            }
            for (Map.Entry<PowerRow, List<Future<Outcome>>> row : played.entrySet()) {
                PowerTally tally = new PowerTally(row.getKey(), scenarios);
                for (Future<Outcome> outcome : row.getValue()) {
                    tally.add(outcome.get());
                }
                tallies.put(row.getKey(), tally);
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

    String table() {
        StringBuilder text = new StringBuilder(PowerTally.head()).append(System.lineSeparator());
        tallies.values().forEach(tally -> text.append(tally.line()).append(System.lineSeparator()));
        text.append(String.format("seeds 0 to %d of each row, %.0f s%n", scenarios - 1, took.toMillis() / 1e3));
        return text.toString();
    }

    /** What the gate says where a row is never flagged. */
    String explanations() {
        StringBuilder text = new StringBuilder();
        tallies.forEach((row, tally) -> {
            if (row.promise.isNever()) {
                text.append(String.format("%s: %s%n", row.words, tally.words()));
            }
        });
        return text.toString();
    }

    /** Rows whose promise was not kept. */
    List<PowerRow> missed() {
        return tallies.entrySet().stream().filter(e -> !e.getValue().isKept()).map(Map.Entry::getKey).toList();
    }
}
