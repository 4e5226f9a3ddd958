package io.keywane.usage.sim;

import java.util.Arrays;

/** Times that only grow, with a quick look-up of those in a span. */
final class Times {
    private double[] times = new double[64];
    private int size;

    void add(double time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = time;
    }

    /** The first time after {@code from} and not after {@code to}; NaN where there is none. */
    double firstWithin(double from, double to) {
        int found = Arrays.binarySearch(times, 0, size, Math.nextUp(from));
        int at = found >= 0 ? found : -found - 1;
        return at < size && times[at] <= to ? times[at] : Double.NaN;
    }

    /** The last time not after {@code to}; minus infinity where there is none. */
    double lastUpTo(double to) {
        int found = Arrays.binarySearch(times, 0, size, Math.nextUp(to));
        int at = found >= 0 ? found : -found - 1;
        return at == 0 ? Double.NEGATIVE_INFINITY : times[at - 1];
    }

    /** All times not after one. */
    double[] upTo(double to) {
        return Arrays.stream(times, 0, size).filter(time -> time <= to).toArray();
    }

    int size() {
        return size;
    }
}
