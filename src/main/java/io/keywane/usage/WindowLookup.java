package io.keywane.usage;

import java.util.List;
import java.util.Optional;

/** The windows that are known of a limiter group, and what a limit in the headers stands for. */
@FunctionalInterface
public interface WindowLookup {
    /** All windows that are known of the group: a limit may come to stand for another of them. */
    List<KnownWindow> known();

    /** The window that shows this limit; empty where none does, or more than one, and then nothing is claimed. */
    default Optional<KnownWindow> find(long limit) {
        List<KnownWindow> found = known().stream().filter(window -> window.model().limit() == limit).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Those that may claim something: not contradicted so often that they are to be calibrated anew. */
    default List<KnownWindow> trusted() {
        return known();
    }
}
