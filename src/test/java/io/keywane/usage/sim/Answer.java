package io.keywane.usage.sim;

/**
 * What the server answers to one request, and what only the scenario knows of it.
 *
 * @param at when it was answered, seconds of the scenario
 * @param status the HTTP status
 * @param limit limit of the shown window; 0: no limit headers
 * @param remaining what is left of it
 * @param reset seconds on the server's clock
 * @param date the server's clock
 * @param age seconds that a cache says it kept the answer; negative: no cache says so
 * @param shownForeign requests of others that the shown window counts; negative: unknown
 * @param shownUsed all requests that it counts
 */
record Answer(
        double at,
        int status,
        long limit,
        long remaining,
        double reset,
        double date,
        double age,
        long shownForeign,
        long shownUsed) {
    static Answer bare(double at, int status, double date) {
        return new Answer(at, status, 0, 0, 0, date, -1, Counter.SMOOTHED, 0);
    }

    Answer fromCache(double seconds) {
        return new Answer(at, status, limit, remaining, reset, date, seconds, Counter.SMOOTHED, 0);
    }

    boolean hasLimits() {
        return limit > 0;
    }
}
