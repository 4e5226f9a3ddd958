package io.keywane.provider;

import io.keywane.usage.ProbeFailure;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/** Names what went wrong where there was no answer. Looks at the kinds of exceptions only: their texts may hold anything. */
final class Failures {
    /** The first that fits counts: an unresolved name comes wrapped in a refused connection. */
    private static final List<Rule> RULES = List.of(new Rule(TimeoutException.class, ProbeFailure.TIMEOUT),
            new Rule(HttpTimeoutException.class, ProbeFailure.TIMEOUT),
            new Rule(UnresolvedAddressException.class, ProbeFailure.NAME_NOT_RESOLVED),
            new Rule(UnknownHostException.class, ProbeFailure.NAME_NOT_RESOLVED),
            new Rule(SSLException.class, ProbeFailure.TLS),
            new Rule(ProtocolException.class, ProbeFailure.NOT_THE_API),
            new Rule(ConnectException.class, ProbeFailure.CONNECTION_REFUSED),
            new Rule(NoRouteToHostException.class, ProbeFailure.CONNECTION_REFUSED));

    private static final int DEEPEST = 20;

    private record Rule(Class<? extends Throwable> kind, ProbeFailure failure) {}

    private Failures() {}

    static ProbeFailure of(Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        return RULES.stream().filter(rule -> chain.stream().anyMatch(rule.kind()::isInstance)).map(Rule::failure)
                .findFirst().orElse(ProbeFailure.CONNECTION_LOST);
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = thrown; next != null && chain.size() < DEEPEST; next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    /** The failure in words, about a place that is named by host and port. */
    static String words(ProbeFailure failure, String place) {
        return switch (failure) {
            case TIMEOUT -> place + " did not answer in time";
            case CONNECTION_REFUSED -> "nothing accepts connections at " + place;
            case NAME_NOT_RESOLVED -> "the name in " + place + " cannot be resolved";
            case TLS -> "no trusted TLS connection to " + place + " could be made";
            case CONNECTION_LOST -> place + " ended the connection before the answer was complete";
            case SERVER_ERROR -> place + " answered with a server error";
            case REDIRECT -> place + " redirects elsewhere, which is not followed";
            case NOT_THE_API -> "what answers at " + place + " is not the API: a proxy, a portal or a cache";
            case KEY_NOT_READABLE -> "the key could not be read from the store";
            case LEDGER_NOT_WRITABLE -> "the ledger of own requests could not be written";
            case SANDBOX_KEY -> "a key of the sandbox is not sent to " + place;
        };
    }
}
