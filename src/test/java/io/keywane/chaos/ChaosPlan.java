package io.keywane.chaos;

import java.time.Duration;
import java.util.Random;

/**
 * How much chaos.
 *
 * @param seed of the moments at which the daemon is killed
 * @param keys so many managed keys rotate at once
 * @param rounds each key is replaced so often
 * @param kills so many kill -9 in all
 * @param consumers of each key, each with some seven requests a second
 */
record ChaosPlan(long seed, int keys, int rounds, int kills, int consumers) {
    /** The daemon lives at least so long, else nothing would be under way that a kill could hurt. */
    private static final Duration LEAST_LIFE = Duration.ofSeconds(1);
    private static final Duration MEAN_LIFE = Duration.ofSeconds(3);

    ChaosPlan {
        if (keys < 1 || rounds < 1 || kills < 0 || consumers < 1) {
            throw new IllegalArgumentException(
                    "need at least one key, one round and one consumer, and no kills below 0");
        }
    }

    /** What an edition for every build can bear. */
    static ChaosPlan small(long seed) {
        return new ChaosPlan(seed, 6, 1, 8, 4);
    }

    int killsIn(int round) {
        return kills * (round + 1) / rounds - kills * round / rounds;
    }

    /** How long the daemon lives until it is killed next. */
    static Duration life(Random random) {
        double seconds = -Math.log(1 - random.nextDouble()) * (MEAN_LIFE.toMillis() / 1e3);
        return LEAST_LIFE.plusMillis(Math.round(1_000 * seconds));
    }
}
