package io.keywane.sandbox;

import com.google.errorprone.annotations.Immutable;

import java.time.Instant;
import java.util.function.Supplier;

import static java.util.Objects.requireNonNull;

/** What one endpoint would answer, were the request admitted and paid for; breaches are {@link BadRequestException}. */
@Immutable
interface Endpoint {

    Prepared prepare(Call call);

    /**
     * A request as an endpoint sees it.
     *
     * @param id the variable part of the path, or empty
     */
    record Call(Catalogue catalogue, Instant now, String id, Parameters query, String body) {
        public Call {
            requireNonNull(catalogue, "catalogue is null");
            requireNonNull(now, "now is null");
            requireNonNull(id, "id is null");
            requireNonNull(query, "query is null");
            requireNonNull(body, "body is null");
        }
    }

    /** What would be answered. */
    sealed interface Prepared {}

    /**
     * A success.
     *
     * @param required credits that the wallet must hold: the worst case before anything is delivered
     * @param cost credits for what is delivered
     */
    record Delivery(long required, long cost, Supplier<byte[]> json) implements Prepared {
        static Delivery free(Object document) {
            return new Delivery(0, 0, () -> Json.LENIENT.writeValueAsBytes(document));
        }
    }

    /** Nothing has that id. */
    record Missing(String detail) implements Prepared {}
}
