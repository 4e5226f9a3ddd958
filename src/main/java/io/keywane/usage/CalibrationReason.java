package io.keywane.usage;

import java.util.Locale;

/** How the calibration of one shown window ended: the closed list of words for status, audit, state and test. */
public enum CalibrationReason {
    /** Exactly one model fits everything that was seen. */
    MEASURED("measured", "nothing to do"),
    /** A few answers fitted what was known before; nothing was established. */
    CONFIRMED("the key answers as its windows are known", "nothing to do"),
    /** Somebody else used the key, or had used it lately. */
    NOT_FRESH("the key was used by somebody else while it was measured", "repeat on a key that nobody else has"),
    /** No model fits, or more than one does. */
    AMBIGUOUS("what was seen fits no single model", "repeat it, or declare the window if the vendor states how it counts"),
    /** Our own requests vanish from the count long before a window has passed. */
    SMOOTHED("our own requests do not add up: the counter is smoothed, and such a counter proves nothing", "waive the quiet gate by name, or ask the vendor for another header"),
    /** Answers alternate between counters. */
    NODES_DISAGREE("answers come from several counters that do not know of each other", "ask the vendor; nothing can be proved from such counters"),
    /** Requests with another key move this key's count. */
    SHARED("requests with another key move the count of this one, so a key's own use cannot be told", "ask the vendor; nothing can be proved from a counter that keys share"),
    /** A request shows in the count only some time later. */
    LAGGING("a request of our own shows in the count only some time later", "ask the vendor; nothing can be proved from such a counter"),
    /** Reset names neither now plus the window nor the oldest request plus the window. */
    RESET_UNEXPECTED("the Reset header fits no known meaning, or somebody else uses the key steadily", "declare the window with reset: unknown if the vendor states how it counts"),
    /** Somebody who uses the key once per window would look the same, and no second witness rules that out. */
    NO_WITNESS("whether Remaining counts the answered request rests on one group without a second witness", "declare the window, or calibrate on a plan that opens another group"),
    /** The window is too coarse for its length. */
    TOO_COARSE("requests leave the window too early for its length", "declare a longer window if the headers show one"),
    /** The window is too long to be measured within the time limit. */
    TOO_LONG("the window is too long for the time limit", "allow more time, or declare the window"),
    /** The time limit was reached first. */
    TIME_OUT("the time limit was reached before enough was seen", "allow more time, or repeat it"),
    /** The budget allows too few requests. */
    BUDGET("the probe budget allows too few requests in a window", "raise probing.share_of_limit, or declare the window"),
    /** The plan has no access to the group. */
    CLOSED("the plan has no access to this group", "nothing to do: nobody can use it either"),
    /** Too few answers with usable headers came back. */
    NO_HEADERS("too few answers had usable rate-limit headers", "look for a proxy that drops headers");

    private final String sentence;
    private final String advice;

    CalibrationReason(String sentence, String advice) {
        this.sentence = sentence;
        this.advice = advice;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String sentence() {
        return sentence;
    }

    /** What a person can do about it. */
    public String advice() {
        return advice;
    }

    /** Whether it was seen that the counter proves no silence, whatever anyone declares. */
    public boolean refutes() {
        return switch (this) {
            case SMOOTHED, NODES_DISAGREE, LAGGING, SHARED -> true;
            case MEASURED, CONFIRMED, NOT_FRESH, AMBIGUOUS, TOO_COARSE, RESET_UNEXPECTED, NO_WITNESS, TOO_LONG,
                    TIME_OUT, BUDGET,
                    CLOSED, NO_HEADERS ->
                false;
        };
    }
}
