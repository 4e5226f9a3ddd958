package io.keywane.control;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Optional;

/**
 * The one way in which records become JSON and back: snake case, ISO-8601 instants in UTC and durations, lower-case
 * enums, {@code null} for absent values, {@code version} first in every result.
 */
public final class WireJson {
    /** The version of results. It changes when a field is taken away or changes its meaning, not when one is added. */
    public static final int RESULT_VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private WireJson() {}

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** The JSON of a result, with its version. */
    public static ObjectNode result(ControlResult result) {
        ObjectNode json = MAPPER.createObjectNode().put("version", RESULT_VERSION);
        json.setAll((ObjectNode) MAPPER.valueToTree(result));
        return json;
    }

    /** Reads back a result that was kept as text by {@link #line}. */
    public static <T extends ControlResult> T readText(String text, Class<T> type) {
        return read((ObjectNode) MAPPER.readTree(text), type);
    }

    /** One field of a result that was kept as text, if it is there and a text. */
    public static Optional<String> field(String text, String name) {
        return Optional.of(MAPPER.readTree(text).path(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    /**
     * A result record from its JSON. Fields that it does not know are passed over.
     *
     * @throws ControlException if it is of another version or does not fit the record
     */
    public static <T extends ControlResult> T read(ObjectNode json, Class<T> type) {
        int version = json.path("version").asInt(0);
        if (version != RESULT_VERSION) {
            throw new ControlException(ExitCode.FAILURE,
                    "the daemon answers in version " + version + ", this command reads version " + RESULT_VERSION,
                    "use the keywane command that was installed with the daemon");
        }
        try {
            return MAPPER.treeToValue(json, type);
        } catch (JacksonException _) {
            throw new ControlException(ExitCode.FAILURE, "the daemon's answer is no " + type.getSimpleName(),
                    "use the keywane command that was installed with the daemon");
        }
    }

    /** One line of JSON, without a line break. */
    public static String line(JsonNode json) {
        return MAPPER.writeValueAsString(json);
    }

    /** The same indented, for people. */
    public static String pretty(JsonNode json) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    }
}
