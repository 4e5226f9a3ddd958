package io.keywane.engine.sim;

import java.time.Duration;

/** What the world does to the engine. Those with a span hold for a time; the others strike single calls with a share. */
enum Fault {
    STORE_UNAVAILABLE(60, 1),
    STORE_THROTTLES(240, 0.3),
    STORE_DENIES(60, 1),
    STORE_ANSWER_LOST(240, 0.4),
    STORE_REQUEST_LOST(240, 0.4),
    STORE_REQUEST_LATE(240, 0.4),
    STORE_DELIVERS_TWICE(300, 0.5),
    STORE_READS_STALE(300, 0.3),
    PUBLISH_FAILS(60, 1),
    PUBLISH_ANSWER_LOST(240, 0.5),
    COMMIT_FAILS(240, 0.3),
    COMMIT_ANSWER_LOST(240, 0.3),
    DISK_FULL(60, 1),
    FLUSH_FAILS(60, 1),
    API_DOWN(50, 1),
    API_ERRORS(120, 0.4),
    API_ANSWER_LOST(120, 0.3),
    API_REQUEST_LOST(120, 0.3),
    API_LIMITS(50, 1),
    API_HEADERS_MISSING(120, 0.3),
    API_PROXY_PAGE(120, 0.3),
    HEADER_STRIPPED(60, 1),
    WALLET_EMPTY(60, 1),
    CONTROL_DOWN(120, 1),
    KEY_ACCEPTED_LATE(600, 1),
    /** Keys that no consumer is given and that nobody is asked to revoke. */
    LEAVING_KEYS_REFUSED(200, 1),
    CLOCK_FORWARD(1, 1),
    CLOCK_BACK(1, 1),
    HOST_RESTART(1, 1),
    KILL(1, 1),
    OLD_STATE(1, 1);

    private final int most;
    private final double share;

    Fault(int most, double share) {
        this.most = most;
        this.share = share;
    }

    /** The longest time for which it holds. */
    Duration most() {
        return Duration.ofSeconds(most);
    }

    /** The share of calls that it strikes. */
    double share() {
        return share;
    }

    /** Whether it happens once. */
    boolean isMoment() {
        return most == 1;
    }
}
