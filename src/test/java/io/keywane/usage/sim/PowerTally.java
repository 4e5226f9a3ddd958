package io.keywane.usage.sim;

import io.keywane.rotation.Earliest;

import java.util.Arrays;
import java.util.Locale;

/** What came of the scenarios of one row: how soon after the last use the gates opened. */
final class PowerTally {
    private final PowerRow row;
    /** Seconds from the last use to the flag, less the quiet period; infinite where there was none. */
    private final double[] beyond;
    private int played;
    private int unsound;
    private int unexplained;
    private double own;
    private double hours;
    private String words = "";

    PowerTally(PowerRow row, int scenarios) {
        this.row = row;
        beyond = new double[scenarios];
    }

    void add(Outcome outcome) {
        boolean flagged = !outcome.flags.isEmpty();
        beyond[played++] = flagged
                ? outcome.flags.getFirst() - Math.max(0, outcome.lastUse) - row.quiet
                : Double.POSITIVE_INFINITY;
        unsound += outcome.isSound() ? 0 : 1;
        own += outcome.ownRequests;
        hours += outcome.scenario.duration() / 3_600;
        if (flagged) {
            return;
        }
        boolean isExplained = outcome.quiet != null && (outcome.quiet.known().contains("cannot tell")
                || outcome.quiet.earliest().filter(Earliest.Unknown.class::isInstance).isPresent());
        unexplained += isExplained ? 0 : 1;
        if (outcome.quiet != null) {
            words = outcome.quiet.known() + "; missing: " + outcome.quiet.missing();
        }
    }

    private double share(double within) {
        return Arrays.stream(beyond).filter(b -> b <= within).count() / (double) played;
    }

    private double quantile(double share) {
        double[] sorted = beyond.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    boolean isKept() {
        if (row.promise.isNever()) {
            return unsound == 0 && share(Double.MAX_VALUE) == 0 && unexplained == 0;
        }
        return unsound == 0 && share(row.promise.beyond()) >= row.promise.share();
    }

    /** The gate's words at the end of the last scenario that was not flagged. */
    String words() {
        return words;
    }

    static String head() {
        return String.format("%-36s %6s %6s  %-20s %7s %7s %9s %9s %9s %9s", "", "quiet", "played", "promised",
                "in time",
                "flagged", "half", "99 %", "worst", "own/hour");
    }

    String line() {
        String promised = row.promise.isNever()
                ? "cannot tell"
                : row.promise.share() < 0
                        ? String.format(Locale.ROOT, "- in Q+%,.0f s", row.promise.beyond())
                        : String.format(Locale.ROOT, "%.2f in Q+%,.0f s", row.promise.share(), row.promise.beyond());
        return String.format(Locale.ROOT, "%-36s %6s %6d  %-20s %7.3f %7.3f %9s %9s %9s %9.1f%s", row.words,
                quiet(), played, promised, share(row.promise.beyond()), share(Double.MAX_VALUE), seconds(quantile(0.5)),
                seconds(quantile(0.99)), seconds(quantile(1)), own / hours, isKept() ? "" : "  MISSED");
    }

    private String quiet() {
        return row.quiet < 3_600
                ? String.format("%.0f m", row.quiet / 60)
                : String.format("%.0f h", row.quiet / 3_600);
    }

    private static String seconds(double seconds) {
        return Double.isInfinite(seconds) ? "never" : String.format(Locale.ROOT, "Q+%,.0f", seconds);
    }
}
