package io.keywane.usage.sim;

import java.util.List;

/**
 * The host or hosts that Keywane runs on, as drawn.
 *
 * @param clock the wall clock
 * @param drift how fast its even clock runs, less one
 * @param outages when no probe is sent, and what is different afterwards
 */
record HostPlan(ClockPlan clock, double drift, List<Outage> outages) {
    /** No probe is sent for a while. */
    record Outage(double from, double to, Cause cause) {
        @Override
        public String toString() {
            return String.format("%s %.0f-%.0fs", cause, from, to);
        }
    }

    /** Why no probe is sent. */
    enum Cause {
        /** The daemon is started anew on a host that ran on. */
        RESTART,
        /** The host is started anew. */
        REBOOT,
        /** Another replica takes over: another host, one ledger. */
        FAILOVER
    }

    HostPlan {
        outages = List.copyOf(outages);
    }
}
