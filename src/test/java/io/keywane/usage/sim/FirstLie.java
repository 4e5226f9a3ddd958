package io.keywane.usage.sim;

/** The first false thing that a range of seeds shows, in words; for code that lacks a rule. */
final class FirstLie {
    private FirstLie() {}

    /** Empty where all is true. */
    static String of(long first, long number) {
        for (long seed = first; seed < first + number; seed++) {
            String lie = of(ScenarioDraw.sound(seed));
            if (!lie.isEmpty()) {
                return "seed " + seed + ": " + lie;
            }
        }
        return "";
    }

    private static String of(Scenario scenario) {
        try {
            Outcome outcome = Simulation.play(scenario);
            return outcome.isSound() ? "" : outcome.lies().getFirst();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
