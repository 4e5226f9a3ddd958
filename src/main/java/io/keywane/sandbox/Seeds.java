package io.keywane.sandbox;

import java.util.SplittableRandom;
import java.util.UUID;

/** Independent streams of randomness from one seed, told apart by a purpose and a number. */
final class Seeds {
    private Seeds() {}

    static SplittableRandom random(long seed, String purpose, long number) {
        long purposeSeed = new SplittableRandom(seed ^ purpose.hashCode()).nextLong();
        return new SplittableRandom(purposeSeed + number * 0x9E3779B97F4A7C15L).split();
    }

    /** A UUID of version 4 in shape. */
    static UUID uuid(SplittableRandom random) {
        long most = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long least = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least);
    }
}
