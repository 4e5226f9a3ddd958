package io.keywane.config;

import io.keywane.engine.Settings;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonDifferenceCalculator;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The defaults of fields, found by the loader: where the example without a field means the same as with it, the value in the
 * example is the default.
 */
final class Defaults {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** What follows from another field, or from the name of the section: told in words. */
    private static final Pattern DERIVED = Pattern.compile("keys\\.\\*\\.store\\.custody|provider\\.groups\\..*");

    private final Path folder;
    private final JsonNode example;
    private final Settings whole;
    private final Set<String> known;
    private final Map<String, JsonNode> found = new TreeMap<>();

    private Defaults(Path example, Set<String> known, Path folder) throws ConfigException, IOException {
        this.folder = folder;
        this.known = known;
        this.example = JSON.valueToTree(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(example)));
        this.whole = load(this.example).orElseThrow();
    }

    /** By the paths of the declarations; a field that has none, or that is required, is not in it. */
    static Map<String, JsonNode> of(Path example, Set<String> known, Path folder) throws ConfigException, IOException {
        Defaults defaults = new Defaults(example, known, folder);
        defaults.look("", "", "");
        return defaults.found;
    }

    /**
     * Looks at the fields of one section.
     *
     * @param pointer where it is in the example
     * @param pattern how the declarations name it
     */
    private void look(String pointer, String pattern, String kind) throws ConfigException, IOException {
        for (Map.Entry<String, JsonNode> field : example.at(pointer).properties()) {
            String place = pointer + "/" + field.getKey();
            String name = name(pattern, field.getKey(), kind);
            if (field.getValue().isObject()) {
                look(place, name, field.getValue().path("type").asString(""));
            } else if (known.contains(name) && !DERIVED.matcher(name).matches() && !found.containsKey(name)
                    && load(without(pointer, field.getKey())).filter(this::meansTheSame).isPresent()) {
                found.put(name, field.getValue());
            }
        }
    }

    /** A name that the operator chooses is a star; the fields of a kind of section stand under the kind. */
    private String name(String pattern, String field, String kind) {
        String prefix = pattern.isEmpty() ? "" : pattern + ".";
        if (known.contains(prefix + field)) {
            return prefix + field;
        }
        String ofKind = prefix + Declarations.VARIANT + kind + "." + field;
        return known.contains(ofKind) ? ofKind : prefix + "*";
    }

    private ObjectNode without(String pointer, String field) {
        ObjectNode copy = (ObjectNode) example.deepCopy();
        ((ObjectNode) copy.at(pointer)).remove(field);
        return copy;
    }

    private Optional<Settings> load(JsonNode tree) throws IOException {
        Path file = Files.writeString(folder.resolve("keywane.yaml"), JSON.writeValueAsString(tree));
        try {
            return Optional.of(new ConfigLoader(Map.of()).load(file));
        } catch (ConfigException _) {
            return Optional.empty();
        }
    }

    private boolean meansTheSame(Settings other) {
        return new RecursiveComparisonDifferenceCalculator()
                .determineDifferences(other, whole, RecursiveComparisonConfiguration.builder().build()).isEmpty();
    }
}
