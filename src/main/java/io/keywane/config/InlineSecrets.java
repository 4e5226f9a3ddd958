package io.keywane.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows what a secret in a configuration file looks like, finds it, and keeps it out of messages. It looks at the text,
 * so that a key in a comment or in a file with a syntax error is found, too.
 */
final class InlineSecrets {
    static final String MESSAGE = "holds a secret; a secret never stands in the configuration";
    static final String WAY_OUT = "remove it here, treat it as leaked if others can read this file, and hand keys in"
            + " with \"keywane keys import\" or \"keywane rotation supply\"";
    private static final Set<String> FIELDS = Set.of("key", "api_key", "apikey", "api-key", "x-api-key", "access_key",
            "secret_key", "private_key", "token", "access_token", "bearer", "password", "passwd", "passphrase",
            "secret",
            "client_secret", "secret_value", "secret_access_key", "aws_secret_access_key");
    private static final Pattern KEY = Pattern.compile("jbe_[A-Za-z0-9]+_[^\\s\"',}\\]]*");
    /** Long runs of letters with digits among them, as only generated values have. */
    private static final Pattern GENERATED = Pattern
            .compile("(?<![A-Za-z0-9_-])(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{32,}");

    private InlineSecrets() {}

    /** Whether a field of this name would hold a secret, were its value a plain one. */
    static boolean isSecretField(String name) {
        return FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Reports every line of the text that shows something like a key of the vendor. */
    static void find(String text, Problems problems) {
        int line = 1;
        for (String content : text.split("\n", -1)) {
            Matcher matcher = KEY.matcher(content);
            if (matcher.find()) {
                problems.add(new Place(line, matcher.start() + 1), "", "this line " + MESSAGE, WAY_OUT);
            }
            line++;
        }
    }

    /** Whether the text contains something like a key of the vendor. */
    static boolean isLikeKey(String text) {
        return KEY.matcher(text).find();
    }

    /** The text without what looks like a key of the vendor. */
    static String maskKeys(String text) {
        return KEY.matcher(text).replaceAll("(not shown)");
    }

    /** The text without what looks like a key of the vendor or another generated value. */
    static String mask(String text) {
        return GENERATED.matcher(maskKeys(text)).replaceAll("(not shown)");
    }
}
