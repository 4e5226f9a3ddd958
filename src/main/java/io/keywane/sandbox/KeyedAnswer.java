package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

/** The answer to one request with an accepted key: limits first, then the outcome, credits last. */
final class KeyedAnswer {
    private final Exchange exchange;
    private final ApiKey key;
    private final Route.Match match;
    private Wallet.@Nullable Debit debit;

    KeyedAnswer(Exchange exchange, ApiKey key, Route.Match match) {
        this.exchange = exchange;
        this.key = key;
        this.match = match;
    }

    Answer answer(Outcome outcome) {
        LimiterGroup group = match.route().group();
        Ruling ruling = key.limiter(group).judge(exchange.world().clock(), exchange.caller(),
                () -> settle(outcome));
        RateHeaders headers = exchange.headers().add(ruling, group);
        Wallet.Debit paid = debit;
        if (paid != null) {
            headers.add(paid);
        }
        exchange.judged(match.route(), ruling, paid == null ? 0 : paid.deducted());
        if (ruling.status() == Limiter.TOO_MANY_REQUESTS) {
            return Problems.plain(ruling.status(), "The rate limit of this key is reached.", headers.list());
        }
        return switch (outcome) {
            case Outcome.Refused refused ->
                Problems.document(refused.status(), refused.code(), refused.detail(), headers.list());
            case Outcome.Deliverable deliverable -> paid == null || paid.paid()
                    ? Answer.json(200, deliverable.delivery().json().get(), headers.list())
                    : Problems.insufficientCredits(paid, headers.list());
        };
    }

    private int settle(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused refused -> refused.status();
            case Outcome.Deliverable deliverable -> pay(deliverable.delivery()) ? 200 : 402;
        };
    }

    private boolean pay(Endpoint.Delivery delivery) {
        Wallet.Debit attempt = key.account().wallet().debit(delivery.required(), delivery.cost());
        debit = attempt;
        return attempt.paid();
    }
}
