package io.keywane.usage;

import java.util.Locale;

/** Why a probe is planned for just that time: the closed list of words for status and test. */
public enum ProbeReason {
    FIRST("the first one, spread over a period after the start"),
    INTERVAL("the configured interval"),
    COVERAGE("often enough that every request lies in some sample's window"),
    PROOF("the cadence that proves silence soonest"),
    CAREFUL("the cadence that holds a silence with the fewest answers to lose"),
    HOLD("the cadence that keeps the shown window on show"),
    OFF_THE_EDGE("moved, so that no own request is just leaving the window"),
    EDGE_UNAVOIDABLE("an own request will be just leaving the window: there is no better time"),
    FATE_UNKNOWN("what became of the last probe is not known"),
    DOUBT_LEAVES("a probe of unknown fate will just have left the window"),
    BEFORE_RESET("as late in the fixed window as is safe"),
    AFTER_RESET("as early in the fixed window as is safe"),
    SERVER_WAIT("the server asked to wait"),
    BUDGET_SHARE("own requests have used up their share of the limit until then"),
    BUDGET_RESERVE("what is left of the limit is kept for consumers until then");

    private final String sentence;

    ProbeReason(String sentence) {
        this.sentence = sentence;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String sentence() {
        return sentence;
    }
}
