package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.usage.WalletAccount;
import io.keywane.usage.WalletReading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an organisation consumed and topped up, with the reading that it goes up to, as one line of the durable state. */
final class WalletText {
    private static final Logger LOG = LoggerFactory.getLogger(WalletText.class);

    private WalletText() {}

    /** Under which name the state keeps it. */
    static String name(OrganisationName organisation) {
        return "wallet/" + organisation;
    }

    static String write(WalletAccount account) {
        WalletReading last = account.last().orElseThrow();
        return String.join(" ", "1", Long.toString(account.consumed()), Long.toString(account.toppedUp()),
                last.at().boot(), Long.toString(last.at().sinceBoot().toNanos()), last.at().wall().toString(),
                Long.toString(last.balance()), Long.toString(last.deducted()));
    }

    /** Empty where nothing was kept, or nothing that can be read: then the counters begin anew. */
    static Optional<WalletAccount> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] f = text.split(" ", -1);
            if (!f[0].equals("1")) {
                throw new IllegalArgumentException("unknown format " + f[0]);
            }
            Moment at = new Moment(f[3], Duration.ofNanos(Long.parseLong(f[4])), Instant.parse(f[5]));
            return Optional.of(new WalletAccount(
                    Optional.of(new WalletReading(at, Long.parseLong(f[6]), Long.parseLong(f[7]))),
                    Long.parseLong(f[1]), Long.parseLong(f[2])));
        } catch (RuntimeException e) {
            LOG.warn("what was consumed before is forgotten: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
