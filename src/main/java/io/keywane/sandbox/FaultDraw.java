package io.keywane.sandbox;

import static java.util.Objects.requireNonNull;

/** The faults that one request meets, drawn once when it arrives. */
record FaultDraw(Faults faults, boolean error, boolean lost) {
    FaultDraw {
        requireNonNull(faults, "faults is null");
    }

    /** The name in the ground truth: the fault that decided most about the answer, or {@code none}. */
    String name() {
        if (faults.captivePage()) {
            return "captive_page";
        }
        if (error) {
            return "server_error";
        }
        if (faults.stripKeyHeader()) {
            return "key_header_stripped";
        }
        if (faults.truncateBody()) {
            return "body_truncated";
        }
        if (lost) {
            return "answer_lost";
        }
        return faults.oddHeaders().isPresent() ? "odd_headers" : "none";
    }
}
