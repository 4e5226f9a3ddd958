package io.keywane.config;

import org.snakeyaml.engine.v2.nodes.Tag;

/** What a field may hold. */
enum Kind {
    TEXT,
    /** One text, or several. */
    TEXTS,
    PATH,
    DURATION,
    INTEGER,
    NUMBER,
    FLAG,
    SECTION,
    LIST;

    /** What is expected, for people. */
    String words() {
        return switch (this) {
            case TEXT -> "text";
            case TEXTS -> "text or a list of texts";
            case PATH -> "a path";
            case DURATION -> "a duration";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case SECTION -> "a section of fields";
            case LIST -> "a list";
        };
    }

    /** How to write it. */
    String wayOut() {
        return switch (this) {
            case TEXT, TEXTS, PATH -> "put it in quotes if it is meant as text";
            case DURATION -> "write it with a unit, as 30s, 5m, 1h30m or 90d";
            case INTEGER, NUMBER -> "write it in digits, without quotes";
            case FLAG -> "write true or false, without quotes";
            case SECTION -> "write its fields below it, indented, one \"field: value\" a line";
            case LIST -> "write it as [..., ...]";
        };
    }

    /** Whether a plain value with this tag is of this kind. */
    boolean takes(Tag tag) {
        return switch (this) {
            case TEXT, TEXTS, PATH, DURATION -> tag.equals(Tag.STR);
            case INTEGER -> tag.equals(Tag.INT);
            case NUMBER -> tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
            case FLAG -> tag.equals(Tag.BOOL);
            case SECTION, LIST -> false;
        };
    }
}
