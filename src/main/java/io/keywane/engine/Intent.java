package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import static java.util.Objects.requireNonNull;

/**
 * An effect about to be tried, durable before it is. Where its outcome was lost it is learnt by
 * reading back ({@link IntentJournal}): a crash needs no repair, only another look.
 *
 * @param id identity, unique for ever
 * @param action the effect's word ({@code promote}, {@code publish}, ...)
 */
public record Intent(String id, KeyName key, String action, VersionId version, Moment at) {
    /** How an effect ended. */
    public enum Outcome {
        SUCCEEDED, FAILED, UNKNOWN
    }

    public Intent {
        requireNonNull(id, "id is null");
        requireNonNull(key, "key is null");
        requireNonNull(action, "action is null");
        requireNonNull(version, "version is null");
        requireNonNull(at, "at is null");
    }
}
