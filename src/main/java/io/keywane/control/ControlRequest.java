package io.keywane.control;

import io.keywane.key.KeyName;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * One request of an operator, without the key value that may follow it.
 *
 * <p>Only arguments that its verb knows; nothing in it looks like a key value, so that it may be audited as it is.
 *
 * @param verb what is asked
 * @param arguments of what, and how
 * @param reason the operator's words for the audit
 * @param requestId names this request: a repeat with the same id is answered with the first outcome
 */
public record ControlRequest(
        Verb verb, Map<Argument, String> arguments, Optional<String> reason, Optional<String> requestId) {
    /** The longest reason or argument, in characters. */
    public static final int MAX_TEXT = 1_000;

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public ControlRequest {
        requireNonNull(verb, "verb is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(requestId, "requestId is null");
        arguments = Map.copyOf(arguments);
        for (Map.Entry<Argument, String> entry : arguments.entrySet()) {
            if (!verb.arguments().contains(entry.getKey())) {
                throw usage(verb.wireName() + " takes no argument " + entry.getKey().wireName());
            }
            checkText(entry.getKey().wireName(), entry.getValue());
        }
        reason.ifPresent(text -> checkText("reason", text));
        requestId.ifPresent(id -> {
            checkText("request_id", id);
            if (!REQUEST_ID.matcher(id).matches()) {
                throw usage("request_id must be 1 to 64 letters, digits, '.', '_' or '-'");
            }
        });
    }

    /** A request without arguments. */
    public static ControlRequest of(Verb verb) {
        return new ControlRequest(verb, Map.of(), Optional.empty(), Optional.empty());
    }

    /** A request about one managed key. */
    public static ControlRequest of(Verb verb, String key) {
        return of(verb).with(Argument.KEY, key);
    }

    /** This request with one more argument. */
    public ControlRequest with(Argument argument, String value) {
        Map<Argument, String> more = new EnumMap<>(Argument.class);
        more.putAll(arguments);
        more.put(argument, value);
        return new ControlRequest(verb, more, reason, requestId);
    }

    public ControlRequest withReason(String text) {
        return new ControlRequest(verb, arguments, Optional.of(text), requestId);
    }

    public ControlRequest withRequestId(String id) {
        return new ControlRequest(verb, arguments, reason, Optional.of(id));
    }

    /**
     * The managed key that is meant.
     *
     * @throws ControlException if it is missing or no name
     */
    public KeyName key() {
        String value = text(Argument.KEY).orElseThrow(() -> usage(verb.wireName() + " needs the argument key"));
        return parse(Argument.KEY, value, KeyName::new, "the name of a managed key");
    }

    public Optional<String> text(Argument argument) {
        return Optional.ofNullable(arguments.get(argument));
    }

    /** Whether a flag is set. */
    public boolean flag(Argument argument) {
        return text(argument).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw usage(argument.wireName() + " must be true or false");
        }).orElse(false);
    }

    /** A count, at least 1. */
    public Optional<Integer> count(Argument argument) {
        return text(argument).map(value -> parse(argument, value, ControlRequest::positive, "a number from 1"));
    }

    /** A positive duration. */
    public Optional<Duration> duration(Argument argument) {
        return text(argument)
                .map(value -> parse(argument, value, ControlRequest::positiveDuration, "a duration such as PT24H"));
    }

    private static int positive(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException("below 1");
        }
        return number;
    }

    private static Duration positiveDuration(String value) {
        Duration duration = Duration.parse(value);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("not positive");
        }
        return duration;
    }

    private static <T> T parse(Argument argument, String value, Function<String, T> parser, String expected) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeException _) {
            throw usage(argument.wireName() + " \"" + value + "\" is not " + expected);
        }
    }

    private static void checkText(String name, String value) {
        requireNonNull(value, "value is null");
        if (KeyLike.isFoundIn(value)) {
            throw usage(name + " looks like a key value; it is not shown. Keys are given by --stdin, --file or at the"
                    + " prompt");
        }
        if (value.length() > MAX_TEXT) {
            throw usage(name + " is longer than " + MAX_TEXT + " characters");
        }
        if (value.isBlank()) {
            throw usage(name + " is empty");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw usage(name + " contains a line break or another control character");
        }
    }

    private static ControlException usage(String message) {
        return new ControlException(ExitCode.USAGE, message, "");
    }
}
