package io.keywane.alert;

import io.keywane.key.KeyName;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * One line that tells people of an alert, with words in double braces. A word that there is not is refused, so that no
 * message is ever sent with a hole.
 */
public record MessageTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}]*)}}");
    /** The one where none is configured. */
    public static final MessageTemplate DEFAULT = new MessageTemplate(
            "{{state}} {{severity}} {{name}} ({{subject}}): {{summary}}. Type: {{command}} [{{id}}]");

    public MessageTemplate {
        requireNonNull(text, "text is null");
        if (text.isBlank()) {
            throw new IllegalArgumentException("template must not be empty");
        }
        PLACE.matcher(text).results().map(match -> match.group(1)).filter(word -> !isWord(word)).findFirst()
                .ifPresent(word -> {
                    throw new IllegalArgumentException("template has the unknown word {{" + word + "}}; there are "
                            + Arrays.stream(Word.values()).map(Word::word).collect(Collectors.joining(", ")));
                });
    }

    /** What a template may ask for. */
    private enum Word {
        STATE, SEVERITY, NAME, SUBJECT, ORGANISATION, SUMMARY, COMMAND, ID, SINCE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        String of(Notice notice) {
            Alert alert = notice.active().alert();
            return switch (this) {
                case STATE -> notice.ended().isPresent() ? "RESOLVED" : "FIRING";
                case SEVERITY -> alert.name().severity().word();
                case NAME -> alert.name().alertName();
                case SUBJECT -> alert.key().map(KeyName::value).orElse(alert.organisation().value());
                case ORGANISATION -> alert.organisation().value();
                case SUMMARY -> alert.summary();
                case COMMAND -> alert.command();
                case ID -> notice.active().id().value();
                case SINCE -> notice.active().since().wall().toString();
            };
        }
    }

    private static boolean isWord(String word) {
        return Arrays.stream(Word.values()).anyMatch(known -> known.word().equals(word));
    }

    /**
     * The line about one notice.
     *
     * @param escaping makes a value harmless where it goes
     */
    public String fill(Notice notice, UnaryOperator<String> escaping) {
        return PLACE.matcher(text).replaceAll(place -> Matcher
                .quoteReplacement(escaping.apply(value(place, notice))));
    }

    private static String value(MatchResult place, Notice notice) {
        return Word.valueOf(place.group(1).toUpperCase(Locale.ROOT)).of(notice);
    }
}
