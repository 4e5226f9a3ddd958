package io.keywane.control;

import java.util.List;

/** All managed keys, in the order of their names. */
public record KeyList(List<KeySummary> keys) implements ControlResult {
    public KeyList {
        keys = List.copyOf(keys);
    }
}
