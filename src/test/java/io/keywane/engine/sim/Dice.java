package io.keywane.engine.sim;

import io.keywane.engine.Randomness;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of one run. The same seed draws the same. */
final class Dice implements Randomness {
    private final SplittableRandom random;

    Dice(long seed) {
        this(new SplittableRandom(seed));
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /** A source of its own, so that one part's draws do not move another's. */
    Dice fork() {
        return new Dice(random.split());
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    <T> T of(T[] all) {
        return all[random.nextInt(all.length)];
    }

    @Override
    public double fraction() {
        return random.nextDouble();
    }

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
