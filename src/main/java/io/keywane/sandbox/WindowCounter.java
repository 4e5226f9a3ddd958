package io.keywane.sandbox;

import java.time.Instant;

/**
 * One window of one limiter: how many requests it holds, and when it lets them go. Not safe for concurrent use: the
 * {@link Limiter} that owns it holds the lock. Instants never precede those of earlier calls by more than the
 * wall clock itself steps back; a counter then keeps its latest time.
 */
interface WindowCounter {

    /** The counted requests in the window at that time, as its model reckons them. */
    int used(Instant now);

    void count(Instant now);

    /** When the window resets, as its model understands the word. */
    Instant reset(Instant now);

    /** The earliest time, not before {@code now}, at which one more request is admitted. */
    Instant admits(Instant now);

    /** Admits so many from now on; what is counted stays. */
    void change(int limit);
}
