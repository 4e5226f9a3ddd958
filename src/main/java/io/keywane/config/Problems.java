package io.keywane.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what is wrong, so that all of it is told at once, and each thing once. */
final class Problems {
    private final Set<ConfigProblem> found = new LinkedHashSet<>();

    void add(ConfigProblem problem) {
        found.add(problem);
    }

    void add(Place place, String path, String message) {
        found.add(new ConfigProblem(place.line(), place.column(), path, message, Optional.empty()));
    }

    void add(Place place, String path, String message, String suggestion) {
        found.add(new ConfigProblem(place.line(), place.column(), path, message, Optional.of(suggestion)));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<ConfigProblem> all() {
        return List.copyOf(found);
    }
}
