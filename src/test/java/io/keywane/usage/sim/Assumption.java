package io.keywane.usage.sim;

/** What no header can check; docs/drain-proof.md lists the same. */
enum Assumption {
    A1("one counter for each key and group, world-wide"),
    A2("a counted request shows within one probe interval"),
    A3("the limiter's clock and the Date header run alike"),
    A4("the counter is not wiped"),
    A5("what others send is counted"),
    A6("the windows are as known"),
    GROUPS("every group that the key may use is known");

    private final String words;

    Assumption(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return name() + ": " + words;
    }
}
