package io.keywane.sandbox;

import java.util.Locale;

/** Whether an organisation's plan covers the feed group. */
public enum FeedPlan {
    /** Covered by a subscription: feed requests answer 2xx and cost nothing. */
    OPEN,
    /** Not covered: every feed request of the organisation's keys answers 403. */
    CLOSED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
