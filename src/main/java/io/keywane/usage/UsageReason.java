package io.keywane.usage;

import java.util.Locale;

/** Why a sample says what it says, or nothing: the closed list of words for status, history and test. */
public enum UsageReason {
    /** The window is known because the operator declared it. */
    MODEL_DECLARED("by the declared window"),
    /** The window is known because it was measured on a key that nobody else used. */
    MODEL_CALIBRATED("by the calibrated window"),
    /** The plan has no access to the group. */
    GROUP_CLOSED("the plan has no access to this group"),
    NO_ANSWER("the probe got no answer that counts"),
    NO_HEADERS("the answer had no usable rate-limit headers"),
    REPEATED("the answer is the one before once more, so it may come from a cache"),
    NO_MODEL("no window is known for the limit that the headers show"),
    LIMIT_CHANGED("the limit changed, and nothing shows yet that it stands for the window that is known by it"),
    WINDOW_REFUTED("Reset lies where the window that is known by this limit cannot put it"),
    LIMIT_REACHED("the limit is reached, so refused requests would be invisible"),
    RATE_LIMITED("the probe was refused by the rate limit"),
    KEY_REFUSED("the API refused the key"),
    CONTRADICTION("the counter is lower than our own certain requests, so the model is wrong or the counter was wiped"),
    DISTRUSTED("the window was contradicted: too recently, or three times, and then until it is calibrated anew"),
    CLOCK_STEP("a clock was moved, so ages are not certain"),
    REBOOTED("the host was restarted, so ages are not certain");

    private final String sentence;

    UsageReason(String sentence) {
        this.sentence = sentence;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String sentence() {
        return sentence;
    }
}
