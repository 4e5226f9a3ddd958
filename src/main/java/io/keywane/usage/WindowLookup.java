package io.keywane.usage;

import java.util.Optional;

/** Finds the window that a limit in the headers stands for; empty where none is known, and then nothing is claimed. */
@FunctionalInterface
public interface WindowLookup {
    Optional<KnownWindow> find(long limit);
}
