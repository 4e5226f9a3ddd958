package io.keywane.usage.sim;

import io.keywane.usage.sim.Consumer.Habit;

import java.util.List;

/** Draws users of a key. */
final class ConsumerDraw {
    private ConsumerDraw() {}

    /**
     * @param shortest the shortest window of the limiter
     * @param shown the window that its headers show at first
     * @param quietFrom when all use ends
     */
    static Consumer consumer(
            Draw draw,
            boolean nightly,
            double shortest,
            double shown,
            double quietFrom,
            double duration,
            boolean refused) {
        Habit habit = nightly && draw.chance(0.7)
                ? draw.of(List.of(Habit.NIGHTLY, Habit.WEEKLY))
                : draw.of(List.of(Habit.STEADY, Habit.RANDOM, Habit.JITTERY, Habit.STRAGGLER, Habit.BEFORE_RESET,
                        Habit.MIMIC, Habit.MIMIC));
        // Late starters begin when the key has been quiet for long.
        double from = draw.chance(0.6) ? 0 : draw.between(0.0, duration);
        double to = draw.chance(0.8) ? quietFrom : duration;
        return new Consumer(habit, from, Math.max(from, to), period(draw, habit, nightly, shortest, shown),
                draw.chance(0.3) ? draw.between(2, 8) : 1, refused);
    }

    private static double period(Draw draw, Habit habit, boolean nightly, double shortest, double shown) {
        return switch (habit) {
            case NIGHTLY, WEEKLY -> draw.between(10.0, 120.0);
            case BEFORE_RESET -> shown;
            case MIMIC -> draw.of(List.of(1.0, 1.5, 4.0, 20.0));
            case STEADY, RANDOM, JITTERY, STRAGGLER -> {
                double busy = draw.of(List.of(2.0, 10.0, 24.0, 30.0, 60.0, 61.0, 120.0));
                double rare = draw.of(List.of(shortest, shortest / 2, shown, shown * 1.01, 3 * shown, 10 * shown));
                yield nightly || draw.chance(0.5) ? Math.max(rare, nightly ? 600 : 1) : busy;
            }
        };
    }
}
