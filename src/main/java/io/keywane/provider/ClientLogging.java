package io.keywane.provider;

import java.util.List;

/** Refuses the JDK's own logs of HTTP traffic: they print headers, and so keys. */
final class ClientLogging {
    private static final List<String> SWITCHES = List.of("jdk.httpclient.HttpClient.log",
            "jdk.internal.httpclient.debug", "jdk.internal.httpclient.hpack.debug", "javax.net.debug");

    private ClientLogging() {}

    /**
     * Checks that the process was started without them.
     *
     * @throws IllegalStateException naming the switch
     */
    static void refuse() {
        for (String name : SWITCHES) {
            if (System.getProperty(name) != null) {
                throw new IllegalStateException("the system property " + name
                        + " makes Java log what is sent, keys included: leave it out");
            }
        }
    }
}
