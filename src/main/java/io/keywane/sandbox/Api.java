package io.keywane.sandbox;

import java.util.List;
import java.util.Optional;

/**
 * The API without its transport. In this order: faults on the way, route, key, limits, plan, the request itself,
 * credits. Whatever ends in 4xx or 5xx costs nothing. Each request is in the ground truth before it is answered.
 */
final class Api {
    private static final String CAPTIVE_PAGE = "<!doctype html><html><head><title>Sign in</title></head>"
            + "<body><h1>Welcome to the network</h1><p>Sign in to continue.</p></body></html>";

    private final Catalogue catalogue;

    Api(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    Answer answer(World world, ApiRequest request, FaultDraw draw) {
        Exchange exchange = new Exchange(world, request, draw);
        if (draw.faults().captivePage()) {
            exchange.unjudged("-", World.NO_KEY, 200);
            return Answer.html(CAPTIVE_PAGE);
        }
        if (draw.error()) {
            return serverError(exchange, draw.faults().errorStatus());
        }
        Optional<Answer> cached = world.cache().find(request, draw.faults(), world.clock().instant());
        if (cached.isPresent()) {
            exchange.cached(cached.get().status());
            return cached.get();
        }
        Answer answer = routed(exchange, request);
        world.cache().keep(request, draw.faults(), answer, world.clock().instant());
        return answer;
    }

    private Answer routed(Exchange exchange, ApiRequest request) {
        Optional<Route.Match> match = Route.find(request.method(), request.path());
        if (match.isEmpty()) {
            return noRoute(exchange, request);
        }
        return routed(exchange, match.get());
    }

    private Answer routed(Exchange exchange, Route.Match match) {
        Route route = match.route();
        if (route.access() == Route.Access.PUBLIC) {
            return publicAnswer(exchange, match);
        }
        Optional<ApiKey> accepted = exchange.acceptedKey();
        if (accepted.isEmpty()) {
            return unauthorised(exchange, route);
        }
        return new KeyedAnswer(exchange, accepted.get(), match).answer(outcome(accepted.get(), exchange, match));
    }

    /** What would become of the request, were it admitted: worked out before it is judged, so that judging is short. */
    private Outcome outcome(ApiKey key, Exchange exchange, Route.Match match) {
        boolean covered = switch (match.route().access()) {
            case PUBLIC, KEY -> true;
            case FEED_PLAN -> key.account().feedPlan() == FeedPlan.OPEN;
            case NEVER -> false;
        };
        if (!covered) {
            return new Outcome.Refused(403, "plan_restricted", "The plan does not include this endpoint.");
        }
        return prepare(exchange, match);
    }

    private Outcome prepare(Exchange exchange, Route.Match match) {
        try {
            return switch (match.route().endpoint().prepare(exchange.call(catalogue, match.id()))) {
                case Endpoint.Delivery delivery -> new Outcome.Deliverable(delivery);
                case Endpoint.Missing missing -> new Outcome.Refused(404, "not_found", missing.detail());
            };
        } catch (BadRequestException e) {
            return new Outcome.Refused(400, "validation_failed", String.valueOf(e.getMessage()));
        }
    }

    private Answer publicAnswer(Exchange exchange, Route.Match match) {
        Outcome outcome = prepare(exchange, match);
        String endpoint = match.route().text();
        String group = match.route().group().toString();
        return switch (outcome) {
            case Outcome.Deliverable deliverable -> {
                exchange.unjudged(endpoint, group, 200);
                yield Answer.json(200, deliverable.delivery().json().get(), List.of());
            }
            case Outcome.Refused refused -> {
                exchange.unjudged(endpoint, group, refused.status());
                yield Problems.document(refused.status(), refused.code(), refused.detail(), List.of());
            }
        };
    }

    /** A revoked key still has a limiter, which may count the refusal; other keys have none. */
    private static Answer unauthorised(Exchange exchange, Route route) {
        List<Answer.Header> headers = exchange.refuse(route, 401);
        return Problems.plain(401, "The API key is missing, malformed or revoked.", headers);
    }

    private static Answer noRoute(Exchange exchange, ApiRequest request) {
        int status = Route.knows(request.path()) ? 405 : 404;
        exchange.unjudged("-", World.NO_KEY, status);
        String detail = status == 405 ? "This path has no such method." : "There is no such path.";
        return Problems.document(status, status == 405 ? "method_not_allowed" : "not_found", detail, List.of());
    }

    private static Answer serverError(Exchange exchange, int status) {
        exchange.unjudged("-", World.NO_KEY, status);
        List<Answer.Header> retry = status == 503 ? List.of(Answer.Header.of("Retry-After", 1)) : List.of();
        return Problems.plain(status, "The service could not answer.", retry);
    }
}
