package io.keywane.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/** What a person types to name one alert: seven letters and digits that follow from what it is about and when it began. */
public record AlertId(String value) {
    private static final String DIGITS = "23456789abcdefghjkmnpqrstuvwxyz";
    private static final int LENGTH = 7;
    private static final Pattern SHAPE = Pattern.compile("[2-9a-hjkmnp-z]{" + LENGTH + "}");

    public AlertId {
        requireNonNull(value, "value is null");
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" is no id of an alert: those have " + LENGTH + " letters and digits");
        }
    }

    /** The id of an alert or incident about a subject that began at a time. */
    public static AlertId of(AlertName name, String subject, Instant since) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((name + "\n" + subject.toLowerCase(Locale.ROOT)
                    + "\n" + since.getEpochSecond()).getBytes(StandardCharsets.UTF_8));
            StringBuilder id = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                id.append(DIGITS.charAt(Byte.toUnsignedInt(hash[i]) % DIGITS.length()));
            }
            return new AlertId(id.toString());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
