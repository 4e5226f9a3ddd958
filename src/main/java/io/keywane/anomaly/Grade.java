package io.keywane.anomaly;

/** How soon a person should look at an anomaly. */
public enum Grade {
    /** Within days: slow things, that cannot be told from growth at once. */
    NOTICE(0.55),
    /** Now. */
    PAGE(0.8);

    private final double floor;

    Grade(double floor) {
        this.floor = floor;
    }

    /** The least score of an anomaly of this grade; 0.5 is the alarm threshold and 0.75 that of a page. */
    double floor() {
        return floor;
    }
}
