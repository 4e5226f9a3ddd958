package io.keywane.engine;

import java.util.Locale;

/** What was found where a new key comes from by itself: the closed list of words used in status, audit and log. */
public enum IntakeFinding {
    NOT_LOOKED("it was not looked at yet"),
    NOTHING("there is no new key yet"),
    TAKEN("the key was taken in"),
    UNUSABLE("what is there cannot be a key"),
    /** The same as the current one, retired, or in custody already. */
    KNOWN("the key that is there is not a new one"),
    /** By another rule of taking in, as for any key that is supplied. */
    REFUSED("the key that is there was refused"),
    /** The store, or the place, could not be reached; it is tried again. */
    FAILED("it failed and is tried again"),
    UNCLEAR("it was cut short, and is asked again with the same request id"),
    DECLINED("the issuer makes no key for this rotation");

    private final String sentence;

    IntakeFinding(String sentence) {
        this.sentence = sentence;
    }

    /** The word in status, audit and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same for people. */
    public String sentence() {
        return sentence;
    }
}
