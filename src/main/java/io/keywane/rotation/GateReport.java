package io.keywane.rotation;

import static java.util.Objects.requireNonNull;

/**
 * How one gate stands, in words that a person can act on.
 *
 * @param met whether it is met by evidence
 * @param waived whether a named person accepted that it is not proven
 * @param required what must be shown
 * @param known what is known now
 * @param missing what is missing, empty where nothing is
 */
public record GateReport(Gate gate, boolean met, boolean waived, String required, String known, String missing) {
    public GateReport {
        requireNonNull(gate, "gate is null");
        requireNonNull(required, "required is null");
        requireNonNull(known, "known is null");
        requireNonNull(missing, "missing is null");
        if (met != missing.isEmpty()) {
            throw new IllegalArgumentException("gate " + gate + " says what is missing exactly when it is not met");
        }
    }

    /** Whether the flag may pass. */
    public boolean isOpen() {
        return met || waived;
    }
}
