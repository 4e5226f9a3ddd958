package io.keywane.usage;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the headers of an answer. Missing, repeated, negative or nonsensical values become a fault, never an exception. */
public final class HeaderReader {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");
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
        Optional<HeaderFault> fault = faultOf(headers);
        Optional<RateLimitReading> reading = fault.isPresent() ? Optional.empty() : Optional.of(reading(headers));
        return new AnswerHeaders(reading, fault, number(headers, names.deducted()), number(headers, names.balance()),
                date(headers), retryAfter(headers));
    }

    private Optional<HeaderFault> faultOf(Map<String, List<String>> headers) {
        if (!HeaderNames.find(headers, List.of("Age")).isEmpty()) {
            return Optional.of(HeaderFault.CACHED);
        }
        for (List<String> aliases : List.of(names.limit(), names.remaining(), names.reset())) {
            List<String> values = HeaderNames.find(headers, aliases);
            if (values.isEmpty() || values.getFirst().isBlank()) {
                return Optional.of(HeaderFault.MISSING);
            }
            if (values.size() > 1) {
                return Optional.of(HeaderFault.REPEATED);
            }
            if (!DIGITS.matcher(values.getFirst().strip()).matches()) {
                return Optional.of(HeaderFault.NOT_A_NUMBER);
            }
        }
        long limit = value(headers, names.limit());
        boolean inRange = limit > 0 && value(headers, names.remaining()) <= limit
                && value(headers, names.reset()) <= LATEST_EPOCH_SECOND;
        return inRange ? Optional.empty() : Optional.of(HeaderFault.OUT_OF_RANGE);
    }

    private RateLimitReading reading(Map<String, List<String>> headers) {
        return new RateLimitReading(value(headers, names.limit()), value(headers, names.remaining()),
                Instant.ofEpochSecond(value(headers, names.reset())));
    }

    private static long value(Map<String, List<String>> headers, List<String> aliases) {
        return Long.parseLong(HeaderNames.find(headers, aliases).getFirst().strip());
    }

    private static OptionalLong number(Map<String, List<String>> headers, List<String> aliases) {
        List<String> values = HeaderNames.find(headers, aliases);
        if (values.size() != 1 || !DIGITS.matcher(values.getFirst().strip()).matches()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(values.getFirst().strip()));
    }

    private static Optional<Instant> date(Map<String, List<String>> headers) {
        return HeaderNames.find(headers, List.of("Date")).stream().findFirst().flatMap(HeaderReader::httpDate);
    }

    private static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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
