package io.keywane.sandbox;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Where a request came from: the client's address as a number, and its port, which stands for the connection. */
record Caller(int address, int port) {

    /** An address that is no internet address is 0. */
    static Caller of(SocketAddress remote) {
        if (remote instanceof InetSocketAddress internet && internet.getAddress() != null) {
            return new Caller(internet.getAddress().hashCode(), internet.getPort());
        }
        return new Caller(0, 0);
    }
}
