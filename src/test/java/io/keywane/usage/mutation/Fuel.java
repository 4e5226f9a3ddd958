package io.keywane.usage.mutation;

/** Ends loops that a mutation made endless: every loop of a mutated class burns some each time round. */
public final class Fuel {
    private static final ThreadLocal<long[]> LEFT = ThreadLocal.withInitial(() -> new long[1]);

    private Fuel() {}

    static void fill(long rounds) {
        LEFT.get()[0] = rounds;
    }

    /** Called by mutated classes. */
    public static void burn() {
        if (LEFT.get()[0]-- <= 0) {
            throw new IllegalStateException("a loop does not end");
        }
    }
}
