package io.keywane.demo;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A request that consumers make.
 *
 * @param path with its query
 * @param body JSON that is posted; without one it is a GET
 */
record ApiCall(String path, Optional<String> body) {
    /** In both limiter groups; one of them costs a credit. */
    static final List<ApiCall> ROUND = List.of(get("/api/connectors/filters"), get("/api/jobs/expired?limit=1"),
            get("/api/jobs?page_size=1"), new ApiCall("/api/jobs/feed", Optional.of("{\"batch_size\":1}")));

    ApiCall {
        requireNonNull(path, "path is null");
        requireNonNull(body, "body is null");
    }

    private static ApiCall get(String path) {
        return new ApiCall(path, Optional.empty());
    }

    HttpRequest.Builder request(URI baseUrl) {
        HttpRequest.Builder request = HttpRequest.newBuilder(baseUrl.resolve(path));
        return body.map(json -> request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))).orElseGet(request::GET);
    }
}
