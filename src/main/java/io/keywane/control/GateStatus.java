package io.keywane.control;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One condition of the flag.
 *
 * @param gate its word, as typed at {@code rotation waive --gate}
 * @param met whether it is proven
 * @param waived whether a named person accepted that it is not
 * @param waivedBy who
 * @param required what is asked, for people
 * @param known what is known, for people
 * @param missing what is missing, for people; empty when met
 * @param earliest when it can be met at the earliest, where that can be known
 * @param earliestUnknown why that cannot be known, for people; empty where it can, or need not
 */
public record GateStatus(
        String gate,
        boolean met,
        boolean waived,
        Optional<String> waivedBy,
        String required,
        String known,
        Optional<String> missing,
        Optional<Instant> earliest,
        Optional<String> earliestUnknown) {
    public GateStatus {
        requireNonNull(gate, "gate is null");
        requireNonNull(waivedBy, "waivedBy is null");
        requireNonNull(required, "required is null");
        requireNonNull(known, "known is null");
        requireNonNull(missing, "missing is null");
        requireNonNull(earliest, "earliest is null");
        requireNonNull(earliestUnknown, "earliestUnknown is null");
    }
}
