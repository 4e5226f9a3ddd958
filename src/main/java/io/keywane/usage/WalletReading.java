package io.keywane.usage;

import io.keywane.key.Moment;

import static java.util.Objects.requireNonNull;

/**
 * One look into an organisation's wallet.
 *
 * @param at when the answer was complete
 * @param balance credits left after the debit, at least 0
 * @param deducted credits that this request of our own cost
 */
public record WalletReading(Moment at, long balance, long deducted) {
    public WalletReading {
        requireNonNull(at, "at is null");
        if (balance < 0 || deducted < 0) {
            throw new IllegalArgumentException("balance and deducted must not be negative");
        }
    }
}
