package io.keywane.config;

import io.keywane.config.Declarations.Declaration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static io.keywane.config.Declarations.VARIANT;

/** Writes the JSON Schema of the configuration from the fields that the loader asked for. */
final class SchemaWriter {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String DURATION = "^(never|(?=.)([0-9]{1,6}d)?([0-9]{1,8}h)?([0-9]{1,8}m)?([0-9]{1,9}s)?"
            + "([0-9]{1,9}ms)?)$";
    private final Map<String, Declaration> fields;
    private final Meanings meanings;
    private final Map<String, JsonNode> defaults;

    private SchemaWriter(Map<String, Declaration> fields, Meanings meanings, Map<String, JsonNode> defaults) {
        this.fields = new TreeMap<>(fields);
        this.meanings = meanings;
        this.defaults = defaults;
    }

    static String write(Declarations declarations, Meanings meanings, Map<String, JsonNode> defaults) {
        ObjectNode schema = JSON.createObjectNode().put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Keywane's configuration").put("type", "object");
        new SchemaWriter(declarations.fields(), meanings, defaults).fill(schema, "");
        return JSON.writeValueAsString(schema) + "\n";
    }

    private void fill(ObjectNode section, String path) {
        ObjectNode properties = JSON.createObjectNode();
        ArrayNode required = JSON.createArrayNode();
        fields.forEach((field, declaration) -> {
            if (parent(field).equals(path) && !field.endsWith("[]")) {
                properties.set(name(field), value(field, declaration));
                if (isRequired(field, declaration)) {
                    required.add(name(field));
                }
            }
        });
        if (fields.keySet().stream().anyMatch(field -> field.startsWith(prefix(path) + "*."))) {
            ObjectNode entry = JSON.createObjectNode().putPOJO("type", new String[]{"object", "null"});
            fill(entry, prefix(path) + "*");
            section.set("additionalProperties", entry);
            return;
        }
        List<String> kinds = fields.keySet().stream().filter(field -> field.startsWith(prefix(path) + VARIANT))
                .map(field -> field.substring((prefix(path) + VARIANT).length()).replaceFirst("\\..*", "")).distinct()
                .toList();
        if (!kinds.isEmpty()) {
            kinds(section, path, kinds);
            return;
        }
        section.put("additionalProperties", false).set("properties", properties);
        if (!required.isEmpty()) {
            section.set("required", required);
        }
    }

    /** One of several kinds of section, told apart by the field "type". */
    private void kinds(ObjectNode section, String path, List<String> kinds) {
        ArrayNode all = section.putArray("oneOf");
        for (String kind : kinds) {
            ObjectNode entry = all.addObject().put("type", "object");
            fill(entry, prefix(path) + VARIANT + kind);
            ((ObjectNode) entry.get("properties")).putObject("type")
                    .put("description", meanings.of(prefix(path) + "type")).put("const", kind);
            entry.withArray("required").add("type");
        }
    }

    private ObjectNode value(String path, Declaration declaration) {
        ObjectNode value = JSON.createObjectNode().put("description", meanings.of(path));
        Optional.ofNullable(defaults.get(path)).ifPresent(fallback -> value.set("default", fallback));
        switch (declaration.kind()) {
            case TEXT, PATH -> value.put("type", "string").put("minLength", 1);
            case TEXTS -> {
                value.putPOJO("type", new String[]{"string", "array"}).put("minLength", 1);
                value.putObject("items").put("type", "string").put("minLength", 1);
            }
            case DURATION -> value.put("type", "string").put("pattern", DURATION);
            case INTEGER -> value.put("type", "integer");
            case NUMBER -> value.put("type", "number");
            case FLAG -> value.put("type", "boolean");
            case SECTION -> {
                value.putPOJO("type", new String[]{"object", "null"});
                fill(value, path);
            }
            case LIST -> {
                ObjectNode item = value.put("type", "array").putObject("items").put("type", "object");
                fill(item, path + "[]");
            }
        }
        if (!declaration.choices().isEmpty()) {
            ArrayNode choices = value.putArray("enum");
            declaration.choices().forEach(choices::add);
        }
        return value;
    }

    /** A section of the first level is required if one of its fields is. */
    private boolean isRequired(String field, Declaration declaration) {
        return declaration.required() || (!field.contains(".") && fields.entrySet().stream()
                .anyMatch(other -> parent(other.getKey()).equals(field) && other.getValue().required()));
    }

    private static String prefix(String path) {
        return path.isEmpty() ? "" : path + ".";
    }

    private static String parent(String field) {
        int dot = field.lastIndexOf('.');
        return dot < 0 ? "" : field.substring(0, dot);
    }

    private static String name(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
