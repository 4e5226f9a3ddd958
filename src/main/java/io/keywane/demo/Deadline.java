package io.keywane.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting that ends: each wait by its own limit, all of them by the demonstration's. */
final class Deadline {
    private final long deadline;
    private final Runnable check;

    /**
     * Time runs from now.
     *
     * @param check throws if something has gone wrong meanwhile; called at each look
     */
    Deadline(Duration longest, Runnable check) {
        this.deadline = System.nanoTime() + longest.toNanos();
        this.check = check;
    }

    /** Looks again and again until it is true. */
    void await(String what, Duration longest, Duration pause, BooleanSupplier condition) throws InterruptedException {
        long own = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            check.run();
            if (System.nanoTime() - own > 0) {
                throw new DemoFailure("waited " + longest.toSeconds() + " s in vain for " + what);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DemoFailure("the demonstration's time ran out while it waited for " + what);
            }
            Thread.sleep(pause);
        }
    }
}
