package io.keywane.daemon;

import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.IncomingRequest;
import io.keywane.engine.Engine;
import io.keywane.engine.Ports;

/** What the daemon answers to an operator, over an engine of a test; for verbs that need no more than the engine. */
public final class ControlDesk {
    private static final Peer ANNA = new Peer("anna", Role.OPERATOR);

    private final ControlVerbs verbs;

    @SuppressWarnings("NullAway") // the daemon itself is asked by doctor and version alone
    public ControlDesk(Engine engine, Ports ports) {
        this.verbs = new ControlVerbs(engine, ports, null);
    }

    public ControlReply answer(IncomingRequest incoming) {
        try {
            return verbs.handle(ANNA, incoming);
        } catch (ControlException e) {
            return ControlReply.failed(e);
        }
    }
}
