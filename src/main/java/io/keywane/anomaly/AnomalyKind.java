package io.keywane.anomaly;

/** What is unusual about a series. A closed list: the word is what alerts, metrics and tests use. */
public enum AnomalyKind {
    SPIKE("spike", "a burst far above what is usual at this time"),
    LEVEL_SHIFT("level-shift", "a lasting step to another level"),
    SLOW_LEAK("slow-leak", "a rise too slow to be seen in an hour, over days"),
    UNUSUAL_HOURS("unusual-hours", "activity at a time that is usually quiet"),
    DROP("drop", "far below what is usual at this time"),
    SILENCE("silence", "nothing at all where there is always something");

    private final String word;
    private final String sentence;

    AnomalyKind(String word, String sentence) {
        this.word = word;
        this.sentence = sentence;
    }

    /** The word in metrics and in JSON. */
    public String word() {
        return word;
    }

    /** What it means, for people. */
    public String sentence() {
        return sentence;
    }
}
