package io.keywane.config;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes a mapping apart into its fields, and reports those that cannot be used. */
final class Mappings {
    private Mappings() {}

    /** The fields by name, in the order of the file; duplicates and secrets are reported and left out. */
    static Map<String, NodeTuple> fields(Reading reading, MappingNode mapping, String path) {
        Map<String, NodeTuple> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode name)) {
                reading.problems().add(Place.of(key), path, "has a field whose name is not plain text");
                continue;
            }
            String child = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
            if (isSecret(name.getValue(), tuple.getValueNode())) {
                reading.problems().add(Place.of(key), child, InlineSecrets.MESSAGE, InlineSecrets.WAY_OUT);
                continue;
            }
            NodeTuple earlier = fields.putIfAbsent(name.getValue(), tuple);
            if (earlier != null) {
                reading.problems().add(Place.of(key), child, "stands here a second time",
                        "the first is in line " + Place.of(earlier.getKeyNode()).line());
            }
        }
        return fields;
    }

    private static boolean isSecret(String name, Node value) {
        return InlineSecrets.isSecretField(name) && value instanceof ScalarNode && !value.getTag().equals(Tag.NULL);
    }

    /** Reports the fields that are not known at this place; true if there are none. */
    static boolean reportUnknown(Reading reading, Map<String, NodeTuple> fields, Set<String> known, String path) {
        boolean sound = true;
        for (Map.Entry<String, NodeTuple> field : fields.entrySet()) {
            if (!known.contains(field.getKey())) {
                String child = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                reading.problems().add(Place.of(field.getValue().getKeyNode()), child, "is no known field",
                        Spelling.suggestion(field.getKey(), known));
                sound = false;
            }
        }
        return sound;
    }

    /** The field with which a message begins, unless it speaks of two alike ("a and b must ..."). */
    static Optional<String> fieldNamedFirst(String message, Set<String> names) {
        String[] words = message.split(" ", 3);
        if (words.length > 1 && words[1].equals("and")) {
            return Optional.empty();
        }
        return names.contains(words[0]) ? Optional.of(words[0]) : Optional.empty();
    }

    /** A field's name as a text, also where YAML would read it as a number. */
    static Node asText(Node key) {
        if (key instanceof ScalarNode scalar) {
            return new ScalarNode(Tag.STR, true, scalar.getValue(), scalar.getScalarStyle(), scalar.getStartMark(),
                    scalar.getEndMark());
        }
        return key;
    }
}
