package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyName;

/** A store in which new keys are put into secrets of their own, beside those that consumers read. */
@FunctionalInterface
public interface CandidatePlaces {
    /**
     * What lies at such a place. Reads and changes nothing.
     *
     * @throws io.keywane.engine.StoreException if it cannot be read, or is no place of its own
     */
    Answer candidate(KeyName key, StoreReference place);
}
