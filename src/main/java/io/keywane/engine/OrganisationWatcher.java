package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.usage.WalletAccount;
import io.keywane.usage.WalletReading;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is being seen of one organisation: its wallet, what our probes cost it, and whether the API can be reached. */
final class OrganisationWatcher {
    private static final Duration MEMORY = Duration.ofDays(2);

    final OrganisationName name;
    private final Deque<WalletReading> readings = new ArrayDeque<>();
    private WalletAccount account = WalletAccount.EMPTY;
    private CreditBook book = new CreditBook();
    private @Nullable Moment lastCreditRefusal;
    private @Nullable Moment heldSince;
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
            heldSince = heldSince == null ? reading.at() : heldSince;
        } else {
            heldSince = null;
        }
        return new WalletAccount(Optional.of(reading), account.consumed() - before.consumed(),
                account.toppedUp() - before.toppedUp());
    }

    synchronized void refusedForCredit(Moment at) {
        lastCreditRefusal = at;
        heldSince = null;
    }

    /** When a request was last refused for want of credit, if the wallet was not seen filled since. */
    synchronized Optional<Moment> lastCreditRefusal() {
        return Optional.ofNullable(lastCreditRefusal);
    }

    /** The first of the readings that have been above 0 ever since, with no refusal for want of credit among them. */
    synchronized Optional<Moment> heldSince() {
        return Optional.ofNullable(heldSince);
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

    synchronized void restore(CreditBook kept) {
        book = kept;
    }

    /** What was counted by former runs, with the reading that it goes up to. */
    synchronized void restore(WalletAccount kept) {
        account = kept;
    }

    /** Books what a probe can cost at most; {@code durably} keeps the book's text, or throws and nothing is booked. */
    synchronized void book(Moment at, long credits, Consumer<String> durably) {
        CreditBook next = CreditBook.parse(book.text());
        next.enter(at, credits);
        durably.accept(next.text());
        book = next;
    }

    synchronized void settle(Moment at, long credits) {
        book.settle(at, credits);
    }

    /** Credits that our probes cost, or may have cost, within the budget's window. */
    synchronized long spent(Moment now) {
        return book.spent(now);
    }

    synchronized Optional<Moment> lastBalanceProbe() {
        return book.latest();
    }

    synchronized Optional<String> unreachable() {
        return Optional.ofNullable(unreachable);
    }

    synchronized void controlAnswered(Optional<String> failure) {
        unreachable = failure.orElse(null);
    }
}
