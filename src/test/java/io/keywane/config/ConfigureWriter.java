package io.keywane.config;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes docs/configure.md from the JSON Schema of the configuration. */
final class ConfigureWriter {
    private static final String HEAD = """
            # Configuring

            One YAML file, `/etc/keywane/keywane.yaml` where the packages start the daemon. This page has every field; it is made from \
            [config/keywane.schema.json](../config/keywane.schema.json), which editors understand, and a test holds it to what \
            the loader knows. [config/keywane.yaml](../config/keywane.yaml) shows the same as a file.

            Needed are `organisations`, `keys` and `storage.key_encryption_key`. Unknown, repeated and ill-typed fields are errors, \
            told all at once with line and column by `keywane check-config FILE`. Durations are written as `30s`, `5m`, `1h30m` or \
            `90d`; relative paths start from the file's folder. No secret stands in the file. `NAME` is a name of your choice. A \
            changed file is taken over by `systemctl reload keywane`; a wrong one leaves the last good settings in force.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ConfigureWriter() {}

    static String write(JsonNode schema) {
        ConfigureWriter writer = new ConfigureWriter();
        Set<String> required = required(schema);
        for (Map.Entry<String, JsonNode> section : schema.get("properties").properties()) {
            writer.page.append("\n## ").append(section.getKey()).append("\n\n")
                    .append(section.getValue().get("description").asString())
                    .append(required.contains(section.getKey()) ? " Required." : "").append('\n');
            writer.section(section.getKey(), section.getValue());
        }
        return writer.page.toString();
    }

    private void section(String name, JsonNode section) {
        JsonNode entry = section.has("properties") ? section : section.get("additionalProperties");
        if (!entry.has("oneOf")) {
            table(entry, section.has("properties") ? "" : "NAME.");
            return;
        }
        for (JsonNode kind : entry.get("oneOf")) {
            page.append("\n### ").append(name).append(" of the type ")
                    .append(kind.at("/properties/type/const").asString()).append('\n');
            table(kind, "NAME.");
        }
    }

    private void table(JsonNode section, String prefix) {
        page.append("\n| field | value | default | meaning |\n|---|---|---|---|\n");
        List<String> rows = new ArrayList<>();
        rows(rows, section, prefix);
        rows.forEach(row -> page.append(row).append('\n'));
    }

    private static void rows(List<String> rows, JsonNode section, String prefix) {
        Set<String> required = required(section);
        for (Map.Entry<String, JsonNode> field : section.path("properties").properties()) {
            JsonNode value = field.getValue();
            String name = prefix + field.getKey();
            String fallback = required.contains(field.getKey())
                    ? "required"
                    : value.has("default") ? "`" + text(value.get("default")) + "`" : "";
            rows.add("| `" + name + "` | " + kind(value) + " | " + fallback + " | "
                    + value.path("description").asString("").replace("|", "\\|") + " |");
            if (value.path("additionalProperties").isObject()) {
                rows(rows, value.get("additionalProperties"), name + ".NAME.");
            } else if (value.has("items")) {
                rows(rows, value.get("items"), name + "[].");
            } else {
                rows(rows, value, name + ".");
            }
        }
    }

    private static String text(JsonNode value) {
        return value.isString()
                ? value.asString()
                : value.isArray()
                        ? value.valueStream().map(ConfigureWriter::text).collect(Collectors.joining(", ", "[", "]"))
                        : value.toString();
    }

    private static String kind(JsonNode value) {
        if (value.has("const")) {
            return "`" + value.get("const").asString() + "`";
        }
        if (value.has("enum")) {
            return value.get("enum").valueStream().map(choice -> "`" + choice.asString() + "`")
                    .collect(Collectors.joining(" or "));
        }
        if (value.has("pattern")) {
            return "duration";
        }
        if (value.get("type").isArray()) {
            return value.has("items") ? "text, or a list" : "section";
        }
        return switch (value.get("type").asString()) {
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            case "string" -> "text";
            case "array" -> "list";
            default -> value.get("type").asString();
        };
    }

    private static Set<String> required(JsonNode section) {
        return section.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }
}
