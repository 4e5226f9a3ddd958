package io.keywane.engine.sim;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulation has teeth: an engine that breaks a promise is caught within some seeds, by that promise. */
class BreakagesTest {
    private static final long FIRST = 31_000_000;
    private static final long SEEDS = 40;

    @Test
    void everyBreakage_isCaughtByThePromiseThatItBreaks() {
        List<Breakage> missed = new ArrayList<>();
        System.out.println("Teeth of the engine simulation: a broken engine, and what catches it");
        for (Breakage breakage : Breakage.values()) {
            Optional<String> caught = Campaign.silently(() -> firstCatch(breakage));
            System.out.printf("  %-4s %-28s %s%n", breakage.invariant(), breakage, caught.orElse("nothing"));
            caught.ifPresentOrElse(_ -> {}, () -> missed.add(breakage));
        }
        assertThat(missed).isEmpty();
    }

    private static Optional<String> firstCatch(Breakage breakage) {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Outcome outcome = new Run(breakage.plan(seed), breakage::in, _ -> {}).play();
            Optional<String> broken = outcome.broken().stream()
                    .filter(line -> line.startsWith(breakage.invariant() + " ")).findFirst();
            if (broken.isPresent()) {
                return Optional.of("seed " + seed + ": " + broken.get());
            }
        }
        return Optional.empty();
    }
}
