package io.keywane.config;

import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads plain values, and says what stands there instead. */
final class Scalars {
    private Scalars() {}

    /** Turns the text of a plain value into a value. */
    @FunctionalInterface
    interface Parser<T> {
        /**
         * The value that the text stands for.
         *
         * @throws IllegalArgumentException saying what is wrong
         */
        T parse(String text);
    }

    static <T> Field<T> read(Reading reading, Node node, String path, Kind kind, Parser<T> parser) {
        if (!(node instanceof ScalarNode scalar) || !kind.takes(scalar.getTag())) {
            return mismatch(reading, node, path, kind);
        }
        if (scalar.getValue().isBlank()) {
            reading.problems().add(Place.of(node), path, "is empty", "give it a value, or leave it out");
            return Field.broken();
        }
        try {
            return Field.of(parser.parse(scalar.getValue()));
        } catch (IllegalArgumentException e) {
            reading.problems().add(Place.of(node), path,
                    withoutField(String.valueOf(e.getMessage()), path.substring(path.lastIndexOf('.') + 1)));
            return Field.broken();
        }
    }

    static <T> Field<T> mismatch(Reading reading, Node node, String path, Kind kind) {
        if (node.getTag().equals(Tag.NULL)) {
            reading.problems().add(Place.of(node), path, "is empty", "give it a value, or leave it out");
            return Field.broken();
        }
        reading.problems().add(Place.of(node), path, "must be " + kind.words() + ", is " + describe(node),
                kind.wayOut());
        return Field.broken();
    }

    static long integer(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is too large a number", e);
        }
    }

    static double number(String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a plain number", e);
        }
        throw new IllegalArgumentException("must be a plain number");
    }

    /** A message without the name of the field it begins with: the path before it says that already. */
    static String withoutField(String message, String field) {
        return message.startsWith(field + " ") ? message.substring(field.length() + 1) : message;
    }

    private static String describe(Node node) {
        if (node instanceof CollectionNode<?>) {
            return node instanceof MappingNode ? "a section of fields" : "a list";
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.BOOL)) {
            return "true or false";
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return "a number";
        }
        return tag.equals(Tag.STR) ? "text" : "a value with a tag of its own";
    }
}
