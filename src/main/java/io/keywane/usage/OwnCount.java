package io.keywane.usage;

import static java.util.Objects.requireNonNull;

/**
 * How many requests of our own are in a sample's window, itself included.
 *
 * @param range the number
 * @param lost how many of those in doubt had no answer that counts
 * @param witness the place of the oldest that is certainly counted and inside, the sample's own left out; -1 if none
 */
record OwnCount(CountRange range, int lost, int witness) {
    OwnCount {
        requireNonNull(range, "range is null");
    }
}
