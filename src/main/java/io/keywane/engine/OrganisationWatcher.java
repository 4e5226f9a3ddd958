package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.usage.ProbeBudget;
import io.keywane.usage.WalletAccount;
import io.keywane.usage.WalletReading;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What is being seen of one organisation: its wallet, what our probes cost it, and whether the API can be reached. */
final class OrganisationWatcher {
    private static final Duration MEMORY = Duration.ofDays(2);

    final OrganisationName name;
    private final Deque<WalletReading> readings = new ArrayDeque<>();
    private WalletAccount account = WalletAccount.EMPTY;
    private @Nullable Moment lastBalanceProbe;
    private @Nullable Moment lastCreditRefusal;
    private @Nullable String unreachable;

    OrganisationWatcher(OrganisationName name) {
        this.name = name;
    }

    /** Takes in a reading; returns what was consumed and topped up since the former one. */
    synchronized WalletAccount observe(WalletReading reading) {
        WalletAccount before = account;
        account = account.plus(reading);
        readings.add(reading);
        while (reading.at().isAtLeastAfter(readings.peekFirst().at(), MEMORY)) {
            readings.removeFirst();
        }
        if (reading.balance() > 0) {
            lastCreditRefusal = null;
        }
        return new WalletAccount(Optional.of(reading), account.consumed() - before.consumed(),
                account.toppedUp() - before.toppedUp());
    }

    synchronized void refusedForCredit(Moment at) {
        lastCreditRefusal = at;
    }

    /** When a request was last refused for want of credit, if the wallet was not seen filled since. */
    synchronized Optional<Moment> lastCreditRefusal() {
        return Optional.ofNullable(lastCreditRefusal);
    }

    synchronized Optional<WalletReading> latest() {
        return Optional.ofNullable(readings.peekLast());
    }

    synchronized WalletAccount account() {
        return account;
    }

    synchronized List<WalletReading> readings() {
        return List.copyOf(readings);
    }

    /** Credits that our probes cost within the budget's window. */
    synchronized long spent(Moment now) {
        return readings.stream().filter(r -> !now.isAtLeastAfter(r.at(), ProbeBudget.DAY))
                .mapToLong(WalletReading::deducted).sum();
    }

    synchronized Optional<Moment> lastBalanceProbe() {
        return Optional.ofNullable(lastBalanceProbe);
    }

    synchronized void balanceProbed(Moment at) {
        lastBalanceProbe = at;
    }

    synchronized Optional<String> unreachable() {
        return Optional.ofNullable(unreachable);
    }

    synchronized void controlAnswered(Optional<String> failure) {
        unreachable = failure.orElse(null);
    }
}
