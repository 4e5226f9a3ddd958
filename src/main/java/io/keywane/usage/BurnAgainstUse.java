package io.keywane.usage;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What an organisation's wallet lost in a time, set against what others did with each of its known keys. What is consumed
 * is a lower bound; use is one too where a key was not observed all the time, and then a fall of the balance says nothing of
 * keys that are not known.
 *
 * @param from the first reading of the wallet
 * @param to the last one
 * @param consumed credits that others used between them, at least
 * @param toppedUp credits that were added, at least
 * @param use what others did with each known key, over its groups; the coverage is that of the group observed least
 * @param resolution the longest time over which a count of use is an average; shorter rises cannot be told apart
 */
public record BurnAgainstUse(
        Moment from, Moment to, long consumed, long toppedUp, Map<KeyName, ForeignRate> use, Duration resolution) {
    public BurnAgainstUse {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        use = Map.copyOf(use);
        requireNonNull(resolution, "resolution is null");
        if (consumed < 0 || toppedUp < 0) {
            throw new IllegalArgumentException("consumed and toppedUp must not be negative");
        }
    }

    /** What one key's groups did in a time, each with its steps within it. */
    public static ForeignRate ofKey(List<List<UseStep>> groups, Duration span) {
        List<ForeignRate> each = groups.stream().map(steps -> UseTally.sum(steps, span)).toList();
        return new ForeignRate(each.stream().mapToDouble(ForeignRate::lo).sum(),
                each.stream().mapToDouble(ForeignRate::hi).sum(),
                each.stream().map(ForeignRate::covered).min(Duration::compareTo).orElse(Duration.ZERO), span);
    }

    /** The burn between the first and the last of at least two readings, oldest first. */
    public static BurnAgainstUse of(List<WalletReading> readings, Map<KeyName, ForeignRate> use, Duration resolution) {
        if (readings.size() < 2) {
            throw new IllegalArgumentException("a burn lies between two readings");
        }
        WalletAccount account = WalletAccount.EMPTY;
        for (WalletReading reading : readings) {
            account = account.plus(reading);
        }
        return new BurnAgainstUse(readings.getFirst().at(), readings.getLast().at(), account.consumed(),
                account.toppedUp(), use, resolution);
    }

    /** The most requests that all known keys can have made while they were observed. */
    public double mostRequests() {
        return use.values().stream().mapToDouble(ForeignRate::hi).sum();
    }

    /** Share of the time that was observed of the key observed least; 0 where no key is known. */
    public double coverage() {
        return use.values().stream().mapToDouble(ForeignRate::coverage).min().orElse(0);
    }
}
