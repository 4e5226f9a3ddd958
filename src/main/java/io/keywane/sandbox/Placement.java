package io.keywane.sandbox;

import java.util.Locale;

/** Which of several nodes counts a request; each node has a counter of its own, with the whole limit. */
public enum Placement {
    /** One counter, whatever the client. */
    ONE {
        @Override
        int node(Caller caller, int turn, int nodes) {
            return 0;
        }
    },
    /** By the client's address, as a region has its own counter; neighbouring addresses have neighbouring nodes. */
    BY_ADDRESS {
        @Override
        int node(Caller caller, int turn, int nodes) {
            return Math.floorMod(caller.address(), nodes);
        }
    },
    /** By the connection, as a balancer for connections does: each stays with the node it met first. */
    BY_CONNECTION {
        @Override
        int node(Caller caller, int turn, int nodes) {
            return Math.floorMod((caller.port() * SPREAD) >>> Short.SIZE, nodes);
        }
    },
    /** The nodes in turn, for each key and group apart. */
    ROUND_ROBIN {
        @Override
        int node(Caller caller, int turn, int nodes) {
            return Math.floorMod(turn, nodes);
        }
    };

    /** Ports of successive connections differ by a constant; the golden ratio's bits break that rhythm. */
    private static final int SPREAD = 0x9E3779B9;

    /**
     * The node's number, from 0.
     *
     * @param turn how many requests of the key and group came before
     */
    abstract int node(Caller caller, int turn, int nodes);

    /** As options and the control API name it: {@code round-robin}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
