package io.keywane.usage;

import java.util.List;
import java.util.Optional;

/** Finds the window that a limit in the headers stands for; empty where none is known, and then nothing is claimed. */
@FunctionalInterface
public interface WindowLookup {
    /** The window that shows this limit; empty where none does, or more than one. */
    Optional<KnownWindow> find(long limit);

    /** All windows that are known of the group: a limit may come to stand for another of them. */
    default List<KnownWindow> known() {
        return List.of();
    }

    /** Whether a window was contradicted so often that it claims nothing until it is calibrated anew. */
    default boolean isDiscredited(KnownWindow window) {
        return false;
    }
}
