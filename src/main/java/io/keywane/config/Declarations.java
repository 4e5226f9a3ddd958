package io.keywane.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields that the readers asked for while they read one file: the loader's own account of what it knows. A name that
 * the operator chooses stands in a path as {@code *}, and a kind of section, with fields of its own, as {@code ?KIND}.
 */
final class Declarations {
    /** What a kind of section begins with in a path. */
    static final String VARIANT = "?";

    private final Map<String, Declaration> fields = new TreeMap<>();

    /** One known field; {@code choices} are the only texts it takes, empty if any will do. */
    record Declaration(Kind kind, boolean required, List<String> choices) {
        Declaration {
            choices = List.copyOf(choices);
        }
    }

    void declare(String pattern, Kind kind, List<String> choices) {
        fields.putIfAbsent(pattern, new Declaration(kind, false, choices));
    }

    void require(String pattern) {
        fields.computeIfPresent(pattern,
                (path, field) -> new Declaration(field.kind(), true, field.choices()));
    }

    /** By path. */
    Map<String, Declaration> fields() {
        return Map.copyOf(fields);
    }
}
