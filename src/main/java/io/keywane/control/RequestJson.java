package io.keywane.control;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The line of a request: strict, since a misspelt argument must not be passed over in silence. */
final class RequestJson {
    private static final int VERSION = 1;
    private static final Set<String> FIELDS = Set.of("v", "verb", "arguments", "reason", "request_id", "secret_bytes");

    private RequestJson() {}

    static ObjectNode write(ControlRequest request, int secretBytes) {
        ObjectNode json = WireJson.mapper().createObjectNode().put("v", VERSION).put("verb", request.verb().wireName());
        ObjectNode arguments = json.putObject("arguments");
        new TreeMap<>(request.arguments()).forEach((name, value) -> arguments.put(name.wireName(), value));
        request.reason().ifPresent(text -> json.put("reason", text));
        request.requestId().ifPresent(id -> json.put("request_id", id));
        return json.put("secret_bytes", secretBytes);
    }

    static ControlRequest read(ObjectNode json) {
        if (!FIELDS.containsAll(json.propertyNames())) {
            throw Frames.malformed("it has a field other than v, verb, arguments, reason, request_id, secret_bytes");
        }
        if (json.path("v").asInt(0) != VERSION) {
            throw Frames.malformed("v must be " + VERSION);
        }
        Verb verb = text(json, "verb").flatMap(Verb::ofWireName)
                .orElseThrow(() -> Frames.malformed("verb is missing or unknown"));
        return new ControlRequest(verb, arguments(verb, json.path("arguments")), text(json, "reason"),
                text(json, "request_id"));
    }

    static int secretBytes(ObjectNode json) {
        JsonNode count = json.path("secret_bytes");
        if (count.isMissingNode()) {
            return 0;
        }
        if (!count.isInt() || count.intValue() < 0 || count.intValue() > Frames.MAX_SECRET) {
            throw Frames.malformed("secret_bytes must be a number from 0 to " + Frames.MAX_SECRET);
        }
        return count.intValue();
    }

    private static Map<Argument, String> arguments(Verb verb, JsonNode json) {
        Map<Argument, String> arguments = new EnumMap<>(Argument.class);
        if (json.isMissingNode()) {
            return arguments;
        }
        if (!(json instanceof ObjectNode object)) {
            throw Frames.malformed("arguments must be an object");
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Argument argument = Argument.ofWireName(entry.getKey()).filter(verb.arguments()::contains)
                    .orElseThrow(() -> Frames.malformed(verb.wireName() + " has an argument that it does not take"));
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                throw Frames.malformed("argument " + argument.wireName() + " must be a string, number or boolean");
            }
            arguments.put(argument, entry.getValue().asString());
        }
        return arguments;
    }

    private static Optional<String> text(ObjectNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw Frames.malformed(field + " must be a string");
        }
        return Optional.of(value.stringValue());
    }
}
