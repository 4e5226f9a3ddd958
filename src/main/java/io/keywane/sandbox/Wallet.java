package io.keywane.sandbox;

import java.util.concurrent.atomic.AtomicLong;

/** An organisation's credits; never negative, shared by all of its keys. */
final class Wallet {
    private final AtomicLong credits;

    Wallet(long credits) {
        this.credits = new AtomicLong(credits);
    }

    long balance() {
        return credits.get();
    }

    /** Adds credits; requires that the sum fits. */
    long add(long amount) {
        return credits.updateAndGet(balance -> Math.addExact(balance, amount));
    }

    /**
     * Debits a request that was prechecked for {@code required} credits and delivered for {@code cost}.
     *
     * @return whether the balance covered the precheck, and the balance after the debit or the failed precheck
     */
    Debit debit(long required, long cost) {
        while (true) {
            long balance = credits.get();
            if (balance < required) {
                return new Debit(false, required, 0, balance);
            }
            if (credits.compareAndSet(balance, balance - cost)) {
                return new Debit(true, required, cost, balance - cost);
            }
        }
    }

    /** One attempt to pay. */
    record Debit(boolean paid, long required, long deducted, long balance) {}
}
