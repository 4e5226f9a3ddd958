package io.keywane.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the headers of an answer. Missing, repeated, negative or nonsensical values become a fault, never an exception. */
public final class HeaderReader {
    private static final List<String> AGE = List.of("Age");
    private static final List<String> DATE = List.of("Date");
    private static final int MOST_DIGITS = 15;
    /** The latest time a Reset may name: 9999-12-31; beyond it Instant arithmetic is of no use to anyone. */
    private static final long LATEST_EPOCH_SECOND = 253_402_300_799L;
    /** The longest wait that we obey; a larger one is nonsense or an attempt to silence us. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final HeaderNames names;

    public HeaderReader(HeaderNames names) {
        this.names = names;
    }

    /**
     * Reads one answer's headers.
     *
     * @param headers names to values, as the HTTP client gives them; several values mean a repeated header
     */
    public AnswerHeaders read(Map<String, List<String>> headers) {
        List<String> limit = HeaderNames.find(headers, names.limit());
        List<String> remaining = HeaderNames.find(headers, names.remaining());
        List<String> reset = HeaderNames.find(headers, names.reset());
        Optional<HeaderFault> fault = HeaderNames.find(headers, AGE).isEmpty()
                ? faultOf(limit).or(() -> faultOf(remaining)).or(() -> faultOf(reset))
                : Optional.of(HeaderFault.CACHED);
        Optional<RateLimitReading> reading = fault.isPresent()
                ? Optional.empty()
                : reading(value(limit), value(remaining), value(reset));
        if (fault.isEmpty() && reading.isEmpty()) {
            fault = Optional.of(HeaderFault.OUT_OF_RANGE);
        }
        return new AnswerHeaders(reading, fault, number(headers, names.deducted()), number(headers, names.balance()),
                HeaderNames.find(headers, DATE).stream().findFirst().flatMap(HttpDate::read), retryAfter(headers));
    }

    private static Optional<HeaderFault> faultOf(List<String> values) {
        if (values.isEmpty() || values.getFirst().isBlank()) {
            return Optional.of(HeaderFault.MISSING);
        }
        if (values.size() > 1) {
            return Optional.of(HeaderFault.REPEATED);
        }
        return isNumber(values.getFirst().strip()) ? Optional.empty() : Optional.of(HeaderFault.NOT_A_NUMBER);
    }

    private static Optional<RateLimitReading> reading(long limit, long remaining, long reset) {
        boolean inRange = limit > 0 && remaining <= limit && reset <= LATEST_EPOCH_SECOND;
        return inRange
                ? Optional.of(new RateLimitReading(limit, remaining, Instant.ofEpochSecond(reset)))
                : Optional.empty();
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MOST_DIGITS;
    }

    private static long value(List<String> values) {
        return Long.parseLong(values.getFirst().strip());
    }

    private static OptionalLong number(Map<String, List<String>> headers, List<String> aliases) {
        List<String> values = HeaderNames.find(headers, aliases);
        if (values.size() != 1 || !isNumber(values.getFirst().strip())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(value(values));
    }

    private Optional<Duration> retryAfter(Map<String, List<String>> headers) {
        OptionalLong seconds = number(headers, names.retryAfter());
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        Duration asked = Duration.ofSeconds(seconds.getAsLong());
        return Optional.of(asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked);
    }
}
