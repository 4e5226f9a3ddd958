package io.keywane.control;

import java.util.List;

import static java.util.Objects.requireNonNull;

/** What is not as it should be with the keys, and can wait. */
public record FindingList(List<Finding> findings) implements ControlResult {
    public FindingList {
        findings = List.copyOf(findings);
    }

    /**
     * One finding.
     *
     * @param kind from a closed list: {@code same-value}, {@code unused}, {@code past-its-age}, {@code wrong-environment}
     * @param key the managed key
     * @param sentence what is the case
     * @param command what to type next
     */
    public record Finding(String kind, String key, String sentence, String command) {
        public Finding {
            requireNonNull(kind, "kind is null");
            requireNonNull(key, "key is null");
            requireNonNull(sentence, "sentence is null");
            requireNonNull(command, "command is null");
        }
    }
}
