package io.keywane.rotation;

import java.util.List;

/**
 * Whether the new key is the same kind of key as the old one. Only proof of difference refuses; what could not be compared
 * is shown.
 *
 * @param differences what is proven to differ
 * @param unknown what could not be compared
 */
public record Parity(List<String> differences, List<String> unknown) {
    public static final Parity NOT_COMPARED = new Parity(List.of(), List.of("nothing compared yet"));

    public Parity {
        differences = List.copyOf(differences);
        unknown = List.copyOf(unknown);
    }

    /** Whether the comparison was made at all. */
    public boolean isMade() {
        return !equals(NOT_COMPARED);
    }
}
