package io.keywane.usage.sim;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One limiter group of the server as drawn. Times are seconds of the scenario.
 *
 * @param windows its windows, shortest first
 * @param display which of them the headers show
 * @param after whether Remaining counts the request that it answers
 * @param reset what Reset means, where the kind leaves a choice
 * @param refusedCounted whether requests refused with 429 count
 * @param nodes how many nodes count on their own
 * @param routing which node a request goes to
 * @param lag how long a counted request takes to show
 * @param ownLags whether that goes for our own requests too, those that answer excepted
 * @param wipes when the counters are wiped
 * @param upgrade when the plan changes, if it does
 * @param opens before this the plan has no access to the group
 */
record LimiterPlan(
        LimiterKind kind,
        List<Window> windows,
        Display display,
        boolean after,
        ResetStyle reset,
        boolean refusedCounted,
        int nodes,
        Routing routing,
        double lag,
        boolean ownLags,
        List<Double> wipes,
        OptionalDouble upgrade,
        double opens) {
    /**
     * One window.
     *
     * @param length in seconds
     * @param limit requests allowed in it
     * @param upgraded the limit after the plan changed
     */
    record Window(double length, long limit, long upgraded) {
        @Override
        public String toString() {
            return limit + "/" + Math.round(length) + "s" + (limit == upgraded ? "" : " then " + upgraded);
        }
    }

    /** Which window the headers show. */
    enum Display {
        SHORTEST, LONGEST, TIGHTEST
    }

    /** What Reset means in a rolling window. */
    enum ResetStyle {
        NOW_PLUS_WINDOW, OLDEST_PLUS_WINDOW
    }

    /** Which node counts a request. */
    enum Routing {
        ONE_COUNTER, STICKY, ROUND_ROBIN
    }

    LimiterPlan {
        windows = List.copyOf(windows);
        wipes = List.copyOf(wipes);
    }

    boolean isUpgraded(double time) {
        return upgrade.isPresent() && time >= upgrade.getAsDouble();
    }

    /** Whether the new plan gives one window the limit that another had: then what is declared of that limit is false. */
    boolean crossesLimits() {
        return upgrade.isPresent() && windows.stream().anyMatch(
                now -> windows.stream()
                        .anyMatch(then -> then.length() != now.length() && then.limit() == now.upgraded()));
    }

    boolean hasEqualLimits() {
        return windows.stream().mapToLong(Window::limit).distinct().count() < windows.size();
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(kind + ", " + windows + ", shows " + display + ", Remaining "
                + (after ? "after" : "before") + ", Reset " + reset);
        words.append(refusedCounted ? ", counts refused" : "");
        words.append(routing == Routing.ONE_COUNTER ? "" : ", " + nodes + " nodes " + routing);
        words.append(lag > 0 ? String.format(", lag %.1fs%s", lag, ownLags ? " for all" : " for others") : "");
        words.append(wipes.isEmpty() ? "" : ", wiped at " + wipes);
        words.append(upgrade.isPresent() ? ", plan changes at " + upgrade.getAsDouble() : "");
        words.append(opens > 0 ? ", opens at " + opens : "");
        return words.toString();
    }
}
