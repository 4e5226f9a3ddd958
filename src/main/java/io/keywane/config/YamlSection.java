package io.keywane.config;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One mapping of the file, read strictly: a reader asks for the fields it knows, then builds its record, which reports
 * every field that nobody asked for. A section that the file lacks reads as one without fields.
 */
final class YamlSection {
    private final Reading reading;
    private final Place place;
    private final String path;
    private final String pattern;
    private final Map<String, NodeTuple> fields;
    private final boolean readable;
    private final Set<String> known = new LinkedHashSet<>();

    private YamlSection(
            Reading reading,
            Place place,
            String path,
            String pattern,
            Map<String, NodeTuple> fields,
            boolean readable) {
        this.reading = reading;
        this.place = place;
        this.path = path;
        this.pattern = pattern;
        this.fields = fields;
        this.readable = readable;
    }

    /** The whole file as a section. */
    static YamlSection root(Reading reading, Node node) {
        return of(reading, node, Place.of(node), "", "");
    }

    private static YamlSection of(Reading reading, Node node, Place place, String path, String pattern) {
        if (node instanceof MappingNode mapping) {
            return new YamlSection(reading, place, path, pattern, Mappings.fields(reading, mapping, path), true);
        }
        boolean empty = node.getTag().equals(Tag.NULL);
        if (!empty) {
            Scalars.mismatch(reading, node, path, Kind.SECTION);
        }
        return new YamlSection(reading, place, path, pattern, Map.of(), empty);
    }

    Reading reading() {
        return reading;
    }

    Field<String> text(String name) {
        return scalar(name, Kind.TEXT, text -> text);
    }

    <T> Field<T> text(String name, Scalars.Parser<T> parser) {
        return scalar(name, Kind.TEXT, parser);
    }

    Field<Duration> duration(String name) {
        return scalar(name, Kind.DURATION, Durations::parse);
    }

    /** A duration, or the word {@code never}. */
    Field<Optional<Duration>> durationOrNever(String name) {
        return scalar(name, Kind.DURATION,
                text -> text.equals("never") ? Optional.empty() : Optional.of(Durations.parse(text)));
    }

    Field<Path> path(String name) {
        return scalar(name, Kind.PATH, text -> Paths.resolve(reading.folder(), text));
    }

    Field<Long> integer(String name) {
        return scalar(name, Kind.INTEGER, Scalars::integer);
    }

    /** A whole number in the range of an int. */
    Field<Integer> count(String name) {
        return scalar(name, Kind.INTEGER, text -> {
            long value = Scalars.integer(text);
            if (value != (int) value) {
                throw new IllegalArgumentException("is too large a number");
            }
            return (int) value;
        });
    }

    Field<Double> number(String name) {
        return scalar(name, Kind.NUMBER, Scalars::number);
    }

    Field<Boolean> flag(String name) {
        return scalar(name, Kind.FLAG, Boolean::parseBoolean);
    }

    /** One of a few words. */
    <T> Field<T> choice(String name, Map<String, T> choices) {
        List<String> words = choices.keySet().stream().sorted().toList();
        reading.declarations().declare(patternOf(name), Kind.TEXT, words);
        return scalar(name, Kind.TEXT, text -> {
            T value = choices.get(text);
            if (value == null) {
                throw new IllegalArgumentException("\"" + text + "\" is none of its values; "
                        + Spelling.suggestion(text, words));
            }
            return value;
        });
    }

    /** One text or a list of texts. */
    Field<List<String>> texts(String name, Scalars.Parser<String> parser) {
        return value(name, Kind.TEXTS, node -> {
            if (!(node instanceof SequenceNode sequence)) {
                return Scalars.read(reading, node, pathOf(name), Kind.TEXTS, text -> List.of(parser.parse(text)));
            }
            return all(sequence, (item, at) -> Scalars.read(reading, item, pathOf(name) + at, Kind.TEXT, parser));
        });
    }

    /** A section below this one. */
    YamlSection section(String name) {
        return ask(name, Kind.SECTION).map(node -> of(reading, node, placeOf(name), pathOf(name), patternOf(name)))
                .orElseGet(() -> new YamlSection(reading, place, pathOf(name), patternOf(name), Map.of(), readable));
    }

    /** A section below this one that must be there. */
    YamlSection requiredSection(String name) {
        Field<Boolean> found = value(name, Kind.SECTION, node -> Field.of(true)).required();
        YamlSection section = section(name);
        return found.isPresent() ? section : section.unreadable();
    }

    /** This section once it is known of what kind it is: further fields are those of that kind. */
    YamlSection variant(String kind) {
        YamlSection section = new YamlSection(reading, place, path, pattern + "." + Declarations.VARIANT + kind, fields,
                readable);
        section.known.addAll(known);
        return section;
    }

    /** Whether the file has a plain value where a section should be. */
    boolean isPlain(String name) {
        return ask(name, Kind.SECTION).filter(node -> node instanceof ScalarNode && !node.getTag().equals(Tag.NULL))
                .isPresent();
    }

    private YamlSection unreadable() {
        return new YamlSection(reading, place, path, pattern, fields, false);
    }

    /** Sections under names that the operator chooses, by name, in the order of the file. */
    <K, V> Field<Map<K, V>> entries(String name, Scalars.Parser<K> key, BiFunction<K, YamlSection, Field<V>> reader) {
        return value(name, Kind.SECTION, node -> {
            YamlSection parent = of(reading, node, placeOf(name), pathOf(name), patternOf(name));
            Map<K, V> read = new LinkedHashMap<>();
            parent.names().forEach(child -> parent.entry(child, key, reader, read));
            return parent.readable && read.size() == parent.fields.size() ? Field.of(read) : Field.broken();
        });
    }

    private <K, V> void entry(
            String name, Scalars.Parser<K> key, BiFunction<K, YamlSection, Field<V>> reader, Map<K, V> read) {
        NodeTuple tuple = fields.get(name);
        if (tuple == null) {
            return;
        }
        Field<K> parsed = Scalars.read(reading, Mappings.asText(tuple.getKeyNode()), pathOf(name), Kind.TEXT, key);
        if (parsed.isPresent()) {
            YamlSection section = of(reading, tuple.getValueNode(), placeOf(name), pathOf(name), patternOf("*"));
            Field<V> value = reader.apply(parsed.get(), section);
            if (value.isPresent()) {
                read.put(parsed.get(), value.get());
            }
        }
    }

    /** A list of sections. */
    <T> Field<List<T>> items(String name, Function<YamlSection, Field<T>> reader) {
        return value(name, Kind.LIST, node -> {
            if (!(node instanceof SequenceNode sequence)) {
                return Scalars.mismatch(reading, node, pathOf(name), Kind.LIST);
            }
            return all(sequence, (item, at) -> reader
                    .apply(of(reading, item, Place.of(item), pathOf(name) + at, patternOf(name) + "[]")));
        });
    }

    /** Whether the file has this field here. */
    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** The names of the fields that the file has here, known or not. */
    Set<String> names() {
        return fields.keySet();
    }

    /**
     * Ends the reading of this section: reports the fields that nobody asked for, then makes the record. A value that the
     * record refuses is reported at the field that the message names first, else at the section.
     */
    <T> Field<T> build(Supplier<T> maker) {
        boolean sound = Mappings.reportUnknown(reading, fields, known, path);
        try {
            T made = maker.get();
            return sound && readable ? Field.of(made) : Field.broken();
        } catch (Field.Unusable e) {
            return Field.broken();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            Optional<String> culprit = Mappings.fieldNamedFirst(message, fields.keySet());
            reading.problems().add(culprit.map(this::valuePlace).orElse(place), culprit.map(this::pathOf).orElse(path),
                    Scalars.withoutField(message, culprit.orElse("")));
            return Field.broken();
        }
    }

    /** Reports a problem at one of this section's fields. */
    <T> Field<T> reject(String name, String message, String suggestion) {
        reading.problems().add(has(name) ? valuePlace(name) : place, pathOf(name), message, suggestion);
        return Field.broken();
    }

    private <T> Field<T> scalar(String name, Kind kind, Scalars.Parser<T> parser) {
        return value(name, kind, node -> Scalars.read(reading, node, pathOf(name), kind, parser));
    }

    private <T> Field<T> value(String name, Kind kind, Function<Node, Field<T>> reader) {
        Field<T> field = ask(name, kind).map(reader).orElse(readable ? Field.absent() : Field.broken());
        return field.from(absent -> {
            reading.declarations().require(patternOf(name));
            if (absent) {
                reading.problems().add(place, pathOf(name), "is missing");
            }
        });
    }

    private Optional<Node> ask(String name, Kind kind) {
        known.add(name);
        reading.declarations().declare(patternOf(name), kind, List.of());
        return Optional.ofNullable(fields.get(name)).map(NodeTuple::getValueNode);
    }

    /** All items of a list, each with its index in brackets; broken if one is, but all are read. */
    private static <T> Field<List<T>> all(SequenceNode sequence, BiFunction<Node, String, Field<T>> reader) {
        List<Field<T>> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(reader.apply(item, "[" + items.size() + "]"));
        }
        return items.stream().allMatch(Field::isPresent)
                ? Field.of(items.stream().map(Field::get).toList())
                : Field.broken();
    }

    private Place placeOf(String name) {
        NodeTuple tuple = fields.get(name);
        return tuple == null ? place : Place.of(tuple.getKeyNode());
    }

    private Place valuePlace(String name) {
        NodeTuple tuple = fields.get(name);
        return tuple == null ? place : Place.of(tuple.getValueNode());
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private String patternOf(String name) {
        return pattern.isEmpty() ? name : pattern + "." + name;
    }
}
