package io.keywane.rotation;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * How one gate stands, in words that a person can act on.
 *
 * @param met whether it is met by evidence
 * @param waived whether a named person accepted that it is not proven
 * @param required what must be shown
 * @param known what is known now, and from which samples
 * @param missing what is missing, empty where nothing is
 * @param earliest when it can be met, for a gate that is not; a report that is kept has none
 */
public record GateReport(
        Gate gate,
        boolean met,
        boolean waived,
        String required,
        String known,
        String missing,
        Optional<Earliest> earliest) {
    public GateReport {
        requireNonNull(gate, "gate is null");
        requireNonNull(required, "required is null");
        requireNonNull(known, "known is null");
        requireNonNull(missing, "missing is null");
        requireNonNull(earliest, "earliest is null");
        if (met != missing.isEmpty()) {
            throw new IllegalArgumentException("gate " + gate + " says what is missing exactly when it is not met");
        }
        if (met && earliest.isPresent()) {
            throw new IllegalArgumentException("gate " + gate + " is met and foretells when it will be");
        }
    }

    /** A report of the past, which foretells nothing. */
    public GateReport(Gate gate, boolean met, boolean waived, String required, String known, String missing) {
        this(gate, met, waived, required, known, missing, Optional.empty());
    }

    /** This report as it is kept with the version. */
    GateReport kept() {
        return new GateReport(gate, met, waived, required, known, missing);
    }

    /** Whether the flag may pass. */
    public boolean isOpen() {
        return met || waived;
    }
}
