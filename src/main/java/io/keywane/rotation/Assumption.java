package io.keywane.rotation;

/** What no header can show. Every proof of silence rests on these, and says so. */
public enum Assumption {
    A1("the API keeps one counter per key and group, world-wide"), //
    A2("a counted request shows in the headers within one probe interval"), //
    A3("the limiter's clock and the Date header run alike"), //
    A4("the counter is not wiped"), //
    A5("what the limiter does not count is invisible: consumers whose every call is refused look silent"), //
    A6("the windows are as they were calibrated, or as the configuration declares them; holders who sleep longer than the"
            + " quiet period are not seen");

    private final String sentence;

    Assumption(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
