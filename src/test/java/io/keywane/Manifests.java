package io.keywane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What Helm rendered, read by the Kubernetes API's own types, which drop nothing: a misspelt field is an error. */
final class Manifests {
    private final List<JsonNode> documents;

    private Manifests(List<JsonNode> documents) {
        this.documents = documents;
    }

    static Manifests parse(String yaml) {
        return new Manifests(YamlTree.documents(yaml));
    }

    List<String> kinds() {
        return documents.stream().map(document -> document.get("kind").asString()).sorted().toList();
    }

    /** Those of that name. */
    Manifests named(String name) {
        return new Manifests(
                documents.stream().filter(document -> document.at("/metadata/name").asString().equals(name))
                        .toList());
    }

    /** The one manifest of a kind, as it was rendered. */
    JsonNode tree(String kind) {
        return documents.stream().filter(document -> document.get("kind").asString().equals(kind)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " among " + kinds()));
    }

    /** The one manifest of a type; fails if a field of it is unknown to the type. */
    <T> T only(Class<T> type) {
        try {
            T manifest = new ObjectMapper().readValue(tree(type.getSimpleName()).toString(), type);
            requireKnownFields(type.getSimpleName(), manifest);
            return manifest;
        } catch (JsonProcessingException e) {
            throw new AssertionError(type.getSimpleName() + " is malformed", e);
        }
    }

    private static void requireKnownFields(String path, Object value) {
        switch (value) {
            case Collection<?> items -> items.forEach(item -> requireKnownFields(path + "[]", item));
            case Map<?, ?> map -> map.values().forEach(item -> requireKnownFields(path + "{}", item));
            default -> properties(value).forEach(property -> requireKnownFields(path + "." + property.name(),
                    property.value()));
        }
    }

    private record Property(String name, Object value) {}

    private static List<Property> properties(Object value) {
        List<Property> properties = new ArrayList<>();
        if (!value.getClass().getName().startsWith("io.fabric8.")) {
            return properties;
        }
        for (Method method : value.getClass().getMethods()) {
            if (!method.getName().startsWith("get") || method.getParameterCount() > 0) {
                continue;
            }
            Object found = call(method, value);
            if (method.getName().equals("getAdditionalProperties") && found instanceof Map<?, ?> map
                    && !map.isEmpty()) {
                throw new AssertionError("unknown fields " + map.keySet() + " in " + value);
            }
            if (found != null && !(found instanceof Class<?>)) {
                properties.add(new Property(method.getName(), found));
            }
        }
        return properties;
    }

    private static @Nullable Object call(Method method, Object target) {
        try {
            return method.invoke(target);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
