package io.keywane.engine;

import io.keywane.key.KeyName;

/**
 * The note by which a restored state tells the engine that it may be old: until consumers were once seen to read the
 * current key, it is published on a fresh success only, also where nothing is published yet.
 */
public final class RestoredState {
    private RestoredState() {}

    /** The name of the setting; its value is when the state was restored, empty once that is over. */
    public static String setting(KeyName key) {
        return "restored/" + key;
    }
}
