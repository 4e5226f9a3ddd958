package io.keywane.usage.sim;

import java.util.List;
import java.util.SplittableRandom;

/** What a scenario draws from its seed. The same seed draws the same. */
final class Draw {
    private final SplittableRandom random;

    Draw(long seed) {
        random = new SplittableRandom(seed);
    }

    private Draw(SplittableRandom random) {
        this.random = random;
    }

    /** A source of its own, so that one part's draws do not move another's. */
    Draw fork() {
        return new Draw(random.split());
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    double between(double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** A wait of a process without memory. */
    double wait(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    <T extends Enum<T>> T of(Class<T> type) {
        T[] all = type.getEnumConstants();
        return all[random.nextInt(all.length)];
    }
}
