package io.keywane.store;

import io.github.jopenlibs.vault.VaultException;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFailure.Kind;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLHandshakeException;

/**
 * What a failed call to Vault means, in our own words. The driver's exceptions carry whole answers, in which secrets may
 * stand: neither their message nor they themselves go further than this.
 */
final class VaultFaults {
    private final String place;

    /**
     * Faults of one server.
     *
     * @param place what it is called, with its address
     */
    VaultFaults(String place) {
        this.place = place;
    }

    /**
     * A call that brought no usable answer.
     *
     * @param what was tried, such as {@code reading secret/a}
     * @param changes whether it may have changed something
     */
    StoreException of(String what, boolean changes, VaultException failure) {
        int status = failure.getHttpStatusCode();
        if (status != 0) {
            return status(what, changes, status);
        }
        String cause = innermost(failure).getClass().getSimpleName();
        if (neverSent(failure)) {
            return fault(Kind.UNAVAILABLE, what, "no connection (" + cause + ")", "check address, network and ca_file");
        }
        return fault(changes ? Kind.UNKNOWN_OUTCOME : Kind.UNAVAILABLE, what, "no usable answer (" + cause + ")",
                "check the server and its load");
    }

    /** An answer whose status says that it failed. */
    StoreException status(String what, boolean changes, int status) {
        return switch (status) {
            case 400 -> fault(Kind.DENIED, what, "the request is refused as malformed (HTTP 400)",
                    "compare path and field with the server's");
            case 403 -> fault(Kind.DENIED, what, "the right is missing (HTTP 403)",
                    "see `keywane store check`, and compare with config/vault/rotate.hcl");
            case 429 -> fault(Kind.UNAVAILABLE, what, "too many requests (HTTP 429)", "raise the quota or `refresh`");
            case 500, 502, 504 -> fault(changes ? Kind.UNKNOWN_OUTCOME : Kind.UNAVAILABLE, what,
                    "the server failed (HTTP " + status + ")", "see the server's log");
            case 503 -> fault(Kind.UNAVAILABLE, what, "sealed, or without an active node (HTTP 503)",
                    "unseal it; keywane goes on by itself");
            default -> fault(status < 500 || !changes ? Kind.UNAVAILABLE : Kind.UNKNOWN_OUTCOME, what,
                    "unexpected answer (HTTP " + status + ")",
                    status / 100 == 3 ? "redirects are not followed: name the active node" : "see the server's log");
        };
    }

    /** An answer that is not Vault's, such as a proxy's page. */
    StoreException unreadable(String what, boolean changes) {
        return fault(changes ? Kind.UNKNOWN_OUTCOME : Kind.UNAVAILABLE, what, "the answer is not Vault's",
                "look for a proxy before the server");
    }

    StoreException fault(StoreFailure.Kind kind, String what, String why, String wayOut) {
        return new StoreException(kind, place + ", " + what + ": " + why + "; " + wayOut);
    }

    private static boolean neverSent(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ConnectException || t instanceof HttpConnectTimeoutException
                    || t instanceof UnresolvedAddressException || t instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
