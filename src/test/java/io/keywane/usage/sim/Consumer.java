package io.keywane.usage.sim;

/**
 * One user of the key as drawn. Times are seconds of the scenario.
 *
 * @param habit how its requests are spread
 * @param from its begin
 * @param to its end
 * @param period the time between two calls
 * @param burst requests in a call
 * @param refused whether each of its requests is refused in a way that does not count
 */
record Consumer(Habit habit, double from, double to, double period, int burst, boolean refused) {
    /** How requests are spread over time. */
    enum Habit {
        /** At a fixed period. */
        STEADY,
        /** Without memory. */
        RANDOM,
        /** At a period with a little jitter, as a timer under load. */
        JITTERY,
        /** Some minutes of every night. */
        NIGHTLY,
        /** Some minutes of one night in each week. */
        WEEKLY,
        /** Steady, then single late ones. */
        STRAGGLER,
        /** A second before each aligned window ends. */
        BEFORE_RESET,
        /** Where one of our own requests leaves the window; the hardest to tell from silence. */
        MIMIC
    }

    @Override
    public String toString() {
        return String.format("%s %s%.0f-%.0fs every %.1fs%s", habit, refused ? "(refused) " : "", from, to, period,
                burst == 1 ? "" : " x" + burst);
    }
}
