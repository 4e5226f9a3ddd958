package io.keywane.demo;

import java.util.List;

/**
 * The limiters of the demonstration's API: short windows, so that silence can be shown in a minute. The sandbox keeps to
 * it and the daemon is told of it, as an operator tells what he knows of a vendor.
 */
final class ApiModel {
    private static final int GENERAL_LIMIT = 1_200;
    private static final int FEED_LIMIT = 600;
    /** The shortest that a declaration allows: the Date header tells whole seconds. */
    private static final String SHOWN_WINDOW = "20s";

    private ApiModel() {}

    /** Options of {@code keywane sandbox}. */
    static List<String> sandboxOptions() {
        return List.of("--windows", SHOWN_WINDOW + ",10m,1h", "--general-limits", GENERAL_LIMIT + ",36000,200000",
                "--feed-limits", FEED_LIMIT + ",18000,100000", "--model", "rolling", "--shown", "first", "--reset",
                "oldest", "--counts-answered", "true");
    }

    /** The section {@code provider.groups} of the daemon's configuration. */
    static String groups() {
        return "  groups:\n" + group("general", GENERAL_LIMIT) + group("feed", FEED_LIMIT);
    }

    private static String group(String name, int limit) {
        return """
                    %s:
                      windows:
                        - limit: %d
                          length: %s
                          kind: rolling
                          tolerance: 1s
                          remaining_counts_answered: true
                          reset: oldest_plus_window
                """.formatted(name, limit, SHOWN_WINDOW);
    }
}
