package io.keywane.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One request on its way through the API, and its entry in the ground truth. */
final class Exchange {
    private final World world;
    private final ApiRequest request;
    private final FaultDraw draw;
    private final Optional<ApiKey> key;

    Exchange(World world, ApiRequest request, FaultDraw draw) {
        this.world = world;
        this.request = request;
        this.draw = draw;
        this.key = request.key().flatMap(world::keyByValue);
    }

    World world() {
        return world;
    }

    Caller caller() {
        return request.caller();
    }

    /** The key, if it reaches the API and the API accepts it. */
    Optional<ApiKey> acceptedKey() {
        Instant now = world.clock().instant();
        return draw.faults().stripKeyHeader() ? Optional.empty() : key.filter(known -> known.acceptedAt(now));
    }

    Endpoint.Call call(Catalogue catalogue, String id) {
        return new Endpoint.Call(catalogue, world.clock().instant(), id, new Parameters(request.query()),
                request.body());
    }

    RateHeaders headers() {
        return new RateHeaders(world.settings(), draw.faults().oddHeaders());
    }

    /** Notes a request that a limiter judged. */
    void judged(Route route, Ruling ruling, long credits) {
        note(ruling.at(), route.text(), route.group().toString(), ruling.status(), ruling.counted(), credits,
                draw.name());
    }

    /** Notes a request that no limiter saw. */
    void unjudged(String endpoint, String group, int status) {
        note(world.clock().instant(), endpoint, group, status, false, 0, draw.name());
    }

    /** Notes a request that a cache answered: the API never saw it. */
    void cached(int status) {
        note(world.clock().instant(), "-", World.NO_KEY, status, false, 0, "answer_cached");
    }

    /** Notes a refusal that needs no judgement; counts it and returns headers as far as the settings say. */
    List<Answer.Header> refuse(Route route, int status) {
        if (key.isEmpty() || draw.faults().stripKeyHeader()) {
            unjudged(route.text(), route.group().toString(), status);
            return List.of();
        }
        Ruling ruling = key.get().limiter(route.group()).refuse(world.clock(), request.caller(), status);
        judged(route, ruling, 0);
        return headers().add(ruling, route.group()).list();
    }

    private void note(Instant at, String endpoint, String group, int status, boolean counted, long credits,
            String fault) {
        String missing = request.key().isPresent() ? World.UNKNOWN_KEY : World.NO_KEY;
        String keyId = key.map(ApiKey::id).orElse(missing);
        world.record(new RequestRecord(0, at, keyId, group, status, request.consumer(), endpoint, counted, credits,
                fault), key);
    }
}
