package io.keywane.daemon;

import io.keywane.control.ControlReply;
import io.keywane.control.IncomingRequest;

/** Carries out what a peer of the operator socket asks. */
@FunctionalInterface
public interface ControlHandler {
    /**
     * Called in a thread of its own; several calls may be under way at once. The peer's right to the verb has been
     * checked. A {@link io.keywane.control.ControlException} becomes its reply; any other exception becomes exit 1 with an
     * identity that is also in the log.
     */
    ControlReply handle(Peer peer, IncomingRequest request);
}
