package io.keywane.sandbox;

import static java.util.Objects.requireNonNull;

/** What would become of a request with a good key, before limits and credits have spoken. */
sealed interface Outcome {

    /** It would be delivered, once paid for. */
    record Deliverable(Endpoint.Delivery delivery) implements Outcome {
        public Deliverable {
            requireNonNull(delivery, "delivery is null");
        }
    }

    /** It would be refused with a 4xx. */
    record Refused(int status, String code, String detail) implements Outcome {
        public Refused {
            requireNonNull(code, "code is null");
            requireNonNull(detail, "detail is null");
        }
    }
}
