package io.keywane.anomaly;

/**
 * What is usual for one point of a series.
 *
 * @param low the least that is usual
 * @param expected what is most usual
 * @param high the most that is usual in a minute
 */
public record Band(double low, double expected, double high) {
    public Band {
        if (!(low >= 0 && expected >= 0 && high >= low)) {
            throw new IllegalArgumentException("need 0 <= low <= high and 0 <= expected");
        }
    }
}
