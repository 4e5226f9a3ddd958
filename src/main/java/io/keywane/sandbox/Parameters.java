package io.keywane.sandbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Query parameters, read with the API's rules; a breach is a {@link BadRequestException} that names the parameter. */
final class Parameters {
    private final Map<String, String> values;

    Parameters(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Absent or empty is empty. */
    Optional<String> text(String name) {
        return present(name).filter(value -> !value.isBlank());
    }

    /** Only absent is empty: some parameters mean something when they are empty. */
    Optional<String> present(String name) {
        return Optional.ofNullable(values.get(name));
    }

    List<String> list(String name) {
        return text(name).map(Parameters::split).orElse(List.of());
    }

    int number(String name, int otherwise, int least, int most) {
        int value = number(name).orElse(otherwise);
        requireBetween(name, value, least, most);
        return value;
    }

    Optional<Integer> number(String name) {
        return text(name).map(value -> parseNumber(name, value));
    }

    Optional<Instant> time(String name) {
        return text(name).map(value -> parseTime(name, value));
    }

    boolean flag(String name, boolean otherwise) {
        return text(name).map(Boolean::parseBoolean).orElse(otherwise);
    }

    static List<String> split(String value) {
        return Arrays.stream(value.split(",", -1)).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new BadRequestException(name + " must be between " + least + " and " + most + ", not " + value);
        }
    }

    /** An ISO 8601 time; one without an offset is UTC. */
    static Instant parseTime(String name, String value) {
        // A plus sign in a query is a space unless it was escaped; Python's isoformat() ends in +00:00.
        String text = value.strip().replace(' ', '+');
        boolean hasOffset = text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)");
        try {
            return OffsetDateTime.parse(hasOffset ? text : text + "Z").toInstant();
        } catch (DateTimeParseException e) {
            throw new BadRequestException(name + " is not an ISO 8601 time");
        }
    }

    static Optional<UUID> parseId(String value) {
        try {
            return Optional.of(UUID.fromString(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int parseNumber(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new BadRequestException(name + " is not a whole number");
        }
    }
}
