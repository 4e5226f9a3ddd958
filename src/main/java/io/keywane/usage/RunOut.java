package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * When a wallet will be empty if it goes on being used as of late. Estimated from what was consumed, never from the slope of
 * the balance, which a top-up turns round; and from two spans that must agree, so that neither an old burst nor a short
 * one counts.
 *
 * @param earliest by the faster of the two rates, with the noise of its count against us
 * @param expected by the slower of the two rates
 * @param latest by the slower, with the noise in our favour
 * @param creditsPerHour the slower rate
 */
public record RunOut(Instant earliest, Instant expected, Instant latest, double creditsPerHour) {
    /** The share of a span that readings must reach over. */
    private static final double FILLED = 0.5;
    /** The furthest that is told: beyond, it is not known. */
    private static final Duration FURTHEST = Duration.ofDays(3_650);
    private static final double HOUR = 3_600;

    public RunOut {
        requireNonNull(earliest, "earliest is null");
        requireNonNull(expected, "expected is null");
        requireNonNull(latest, "latest is null");
        if (expected.isBefore(earliest) || latest.isBefore(expected)) {
            throw new IllegalArgumentException("need earliest <= expected <= latest");
        }
    }

    private record Rate(double perSecond, double count) {
        double lower() {
            return perSecond * Math.max(0, 1 - 1.645 / Math.sqrt(count));
        }

        double upper() {
            return perSecond * (1 + 1.645 / Math.sqrt(count));
        }
    }

    /**
     * The forecast; empty where too little is known, or nothing was consumed of late.
     *
     * @param readings oldest first
     * @param recent the shorter span, that tells whether it still burns
     * @param past the longer one, that tells whether it matters
     */
    public static Optional<RunOut> of(List<WalletReading> readings, Duration recent, Duration past) {
        if (readings.size() < 2) {
            return Optional.empty();
        }
        Optional<Rate> now = rate(readings, recent);
        Optional<Rate> before = rate(readings, past);
        if (now.isEmpty() || before.isEmpty()) {
            return Optional.empty();
        }
        WalletReading last = readings.getLast();
        boolean nowIsSlower = now.get().perSecond() <= before.get().perSecond();
        Rate slower = nowIsSlower ? now.get() : before.get();
        Rate faster = nowIsSlower ? before.get() : now.get();
        return Optional.of(new RunOut(empty(last, Math.max(faster.upper(), slower.perSecond())),
                empty(last, slower.perSecond()), empty(last, slower.lower()), slower.perSecond() * HOUR));
    }

    private static Instant empty(WalletReading last, double perSecond) {
        double seconds = perSecond <= 0 ? (double) FURTHEST.toSeconds() : (double) last.balance() / perSecond;
        return last.at().wall().plusSeconds((long) Math.min(seconds, (double) FURTHEST.toSeconds()));
    }

    /** What was consumed from the latest reading that is at least so old, else from the first, up to the last. */
    private static Optional<Rate> rate(List<WalletReading> readings, Duration span) {
        WalletReading last = readings.getLast();
        int from = 0;
        for (int i = 0; i < readings.size() - 1; i++) {
            if (!readings.get(i).at().wall().isAfter(last.at().wall().minus(span))) {
                from = i;
            }
        }
        Duration seen = Duration.between(readings.get(from).at().wall(), last.at().wall());
        if ((double) seen.toMillis() < (double) span.toMillis() * FILLED) {
            return Optional.empty();
        }
        WalletAccount account = WalletAccount.EMPTY;
        for (WalletReading reading : readings.subList(from, readings.size())) {
            account = account.plus(reading);
        }
        return account.consumed() == 0
                ? Optional.empty()
                : Optional.of(new Rate(1_000.0 * (double) account.consumed() / (double) seen.toMillis(),
                        (double) account.consumed()));
    }
}
