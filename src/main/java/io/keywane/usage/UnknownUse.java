package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Credits that no known key can have used: the balance fell while each group of each known key was proven silent. Time in
 * which any of them was not observed explains any fall, so it proves nothing.
 *
 * @param from the reading from which the balance fell, well inside the silence
 * @param to the reading up to which it did
 * @param credits how much it fell in between, our own probes apart
 */
public record UnknownUse(Moment from, Moment to, long credits) {
    /** How long a request may have been over before it is debited. */
    private static final Duration LATE_DEBIT = Duration.ofMinutes(5);

    public UnknownUse {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (credits <= 0) {
            throw new IllegalArgumentException("credits must be positive");
        }
    }

    /**
     * What is proven to be nobody's.
     *
     * @param readings of the wallet, oldest first
     * @param silences the silence of each group of each key that the API still accepts; empty for one that has none
     */
    public static Optional<UnknownUse> of(List<WalletReading> readings, List<Optional<SilentSpan>> silences) {
        if (silences.isEmpty() || silences.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<SilentSpan> spans = silences.stream().flatMap(Optional::stream).toList();
        if (spans.stream().anyMatch(span -> !span.holes().isEmpty())) {
            return Optional.empty();
        }
        List<WalletReading> within = readings.stream().filter(r -> spans.stream().allMatch(s -> isWithin(r, s)))
                .toList();
        if (within.size() < 2) {
            return Optional.empty();
        }
        WalletAccount account = WalletAccount.EMPTY;
        for (WalletReading reading : within) {
            account = account.plus(reading);
        }
        return account.consumed() == 0
                ? Optional.empty()
                : Optional.of(new UnknownUse(within.getFirst().at(), within.getLast().at(), account.consumed()));
    }

    private static boolean isWithin(WalletReading reading, SilentSpan span) {
        boolean begun = reading.at().elapsedSince(span.from()).filter(e -> e.compareTo(LATE_DEBIT) >= 0).isPresent();
        return begun && span.to().elapsedSince(reading.at()).filter(e -> !e.isNegative()).isPresent();
    }
}
