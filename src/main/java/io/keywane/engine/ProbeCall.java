package io.keywane.engine;

import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeKind;

import static java.util.Objects.requireNonNull;

/** One probe about to be sent: the ledger entry that was written for it, and its kind. */
public record ProbeCall(OwnRequest entry, ProbeKind kind) {
    public ProbeCall {
        requireNonNull(entry, "entry is null");
        requireNonNull(kind, "kind is null");
        if (kind == ProbeKind.CONTROL) {
            throw new IllegalArgumentException("the control request carries no key and has no ledger entry");
        }
    }
}
