package io.keywane.usage.sim;

/**
 * What becomes of our probes on the way, as drawn: shares of all probes.
 *
 * @param lost never reach the server
 * @param late reach it after their answer is no longer waited for
 * @param replyLost are counted, and the answer is lost
 * @param resent are sent twice by a proxy
 * @param cached are answered by a cache with a former answer
 * @param captive are answered by a proxy with a page of its own
 * @param failed get a server error, counted or not
 * @param slow take seconds rather than a fraction of one
 * @param staleDate by how many seconds at most the server's Date is older than its clock
 */
record NetworkPlan(
        double lost,
        double late,
        double replyLost,
        double resent,
        double cached,
        double captive,
        double failed,
        double slow,
        double staleDate) {
    static final NetworkPlan PERFECT = new NetworkPlan(0, 0, 0, 0, 0, 0, 0, 0, 0);

    boolean isPerfect() {
        return equals(PERFECT);
    }
}
