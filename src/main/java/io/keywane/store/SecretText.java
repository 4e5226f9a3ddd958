package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreReference;
import io.keywane.key.InvalidKeyMaterialException;
import io.keywane.key.KeyMaterial;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The text of a secret: the key alone, or a JSON object of which one field is the key. Every character outside that
 * field's value stays as it is: the other fields belong to others.
 */
final class SecretText {
    /** What a text without a key is begun with. */
    static final String EMPTY_OBJECT = "{}";

    private static final JsonFactory JSON = new JsonFactory();

    private final StoreReference place;

    /** Where the field's value stands, quotes included; {@code empty} where the object lacks it. */
    private record Found(int from, int to, String value) {}

    SecretText(StoreReference place) {
        this.place = place;
    }

    /** What stands where a key is expected, in whatever store; empty if it cannot be one. */
    static Optional<KeyMaterial> material(String value) {
        try {
            return Optional.of(KeyMaterial.copyOf(value.getBytes(StandardCharsets.UTF_8)));
        } catch (InvalidKeyMaterialException _) {
            return Optional.empty();
        }
    }

    /** The key in a text; empty where the object lacks the field, or where it cannot be a key. */
    Optional<KeyMaterial> key(String text) {
        return value(text).flatMap(SecretText::material);
    }

    /** What stands where the key is expected, be it one or not; empty where the object lacks the field. */
    Optional<String> value(String text) {
        return place.field().isEmpty() ? Optional.of(text) : find(text).map(Found::value);
    }

    /** The same text with another key. */
    String withKey(String text, KeyMaterial key) {
        return with(text, key.exposeString());
    }

    private String with(String text, String key) {
        if (place.field().isEmpty()) {
            return key;
        }
        Optional<Found> found = find(text);
        if (found.isPresent()) {
            return text.substring(0, found.get().from()) + quoted(key) + text.substring(found.get().to());
        }
        int end = text.lastIndexOf('}');
        boolean bare = text.substring(text.indexOf('{') + 1, end).isBlank();
        return text.substring(0, end) + (bare ? "" : ",") + quoted(place.field().get()) + ":" + quoted(key)
                + text.substring(end);
    }

    /** Whether two texts differ in nothing but the key. */
    boolean isSameBeside(String one, String other) {
        return with(one, "").equals(with(other, ""));
    }

    private Optional<Found> find(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw damaged("is no JSON object");
            }
            Optional<Found> found = Optional.empty();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals(place.field().orElseThrow());
                JsonToken value = parser.nextToken();
                if (!wanted) {
                    parser.skipChildren();
                    continue;
                }
                if (found.isPresent()) {
                    throw damaged("has field \"" + place.field().get() + "\" twice");
                }
                found = Optional.of(value(parser, value));
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw damaged("is no single JSON object");
            }
            return found;
        } catch (JacksonException _) {
            // Its message would quote the text.
            throw damaged("is no JSON object");
        }
    }

    private Found value(JsonParser parser, JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            throw damaged("holds no text in field \"" + place.field().orElseThrow() + "\"");
        }
        int from = (int) parser.currentTokenLocation().getCharOffset();
        String value = parser.getString();
        return new Found(from, (int) parser.currentLocation().getCharOffset(), value);
    }

    private StoreException damaged(String what) {
        return new StoreException(StoreFailure.Kind.DAMAGED, "secret " + place.path() + " " + what
                + ": correct the secret, or the key's \"field\" in the configuration");
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
    }
}
