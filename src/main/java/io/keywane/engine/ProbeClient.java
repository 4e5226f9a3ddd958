package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.Sample;

import java.util.Optional;

/**
 * Port: sends one request of our own to the API and reads the answer. One call is one request on a fresh connection:
 * nothing is sent again, no redirect is followed.
 */
public interface ProbeClient {
    /**
     * Probes with a key. Every failure to get an answer becomes a sample with outcome UNKNOWN; nothing is thrown for it.
     *
     * @param request what to send, and the ledger entry it stands for
     */
    Sample probe(ProbeCall request, KeyMaterial key);

    /** Sends the control request, which needs no key. Empty: the API answered as it should; else why it did not. */
    Optional<String> control();

    /** What a probe of this kind costs, at most, in credits. */
    long cost(ProbeKind kind);
}
