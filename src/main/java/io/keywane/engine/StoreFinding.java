package io.keywane.engine;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One thing that was found when a store was examined.
 *
 * @param subject what was examined, such as {@code store vault} or a key's name
 * @param message what was found; never a secret
 * @param wayOut what to do about it
 */
public record StoreFinding(Severity severity, String subject, String message, Optional<String> wayOut) {
    /** How bad it is. */
    public enum Severity {
        OK,
        /** It cannot be seen from here. */
        UNKNOWN,
        WARNING,
        PROBLEM
    }

    public StoreFinding {
        requireNonNull(severity, "severity is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(message, "message is null");
        requireNonNull(wayOut, "wayOut is null");
    }

    public static StoreFinding ok(String subject, String message) {
        return new StoreFinding(Severity.OK, subject, message, Optional.empty());
    }

    public static StoreFinding unknown(String subject, String message, String wayOut) {
        return new StoreFinding(Severity.UNKNOWN, subject, message, Optional.of(wayOut));
    }

    public static StoreFinding warning(String subject, String message, String wayOut) {
        return new StoreFinding(Severity.WARNING, subject, message, Optional.of(wayOut));
    }

    public static StoreFinding problem(String subject, String message, String wayOut) {
        return new StoreFinding(Severity.PROBLEM, subject, message, Optional.of(wayOut));
    }
}
