package io.keywane.usage;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What became of an organisation's credits between readings of its wallet: consumption and top-ups are told apart, and
 * our own probes are kept out of both.
 *
 * @param last the latest reading, if there was one
 * @param consumed credits that others used since the account was opened, at least
 * @param toppedUp credits that were added since then, at least
 */
public record WalletAccount(Optional<WalletReading> last, long consumed, long toppedUp) {
    public static final WalletAccount EMPTY = new WalletAccount(Optional.empty(), 0, 0);

    public WalletAccount {
        requireNonNull(last, "last is null");
    }

    /**
     * The account after another reading. A fall that our own debit does not explain is consumption; a rise is a top-up.
     * What is consumed and topped up between two readings cancels out unseen, so both figures are lower bounds.
     */
    public WalletAccount plus(WalletReading reading) {
        if (last.isEmpty()) {
            return new WalletAccount(Optional.of(reading), consumed, toppedUp);
        }
        long fall = last.get().balance() - reading.balance() - reading.deducted();
        return new WalletAccount(Optional.of(reading), consumed + Math.max(0, fall), toppedUp + Math.max(0, -fall));
    }
}
