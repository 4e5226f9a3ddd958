package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** The control operations over HTTP, against a sandbox in another process. Thread-safe. */
public final class SandboxControlClient implements SandboxControl, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT).build();
    private final URI control;
    private final String authorization;

    public SandboxControlClient(URI controlUrl, String token) {
        this.control = requireNonNull(controlUrl, "controlUrl is null");
        this.authorization = "Bearer " + requireNonNull(token, "token is null");
    }

    /**
     * A client of the sandbox that runs on that state directory.
     *
     * @throws IOException if none runs there
     */
    public static SandboxControlClient of(Path stateDirectory) throws IOException {
        StateDirectory directory = StateDirectory.existing(stateDirectory);
        return new SandboxControlClient(directory.readEndpoints().controlUrl(), directory.readToken());
    }

    @Override
    public Organisation createOrganisation(NewOrganisation organisation) {
        return send("POST", "/organisations", ControlWire.Organisation.of(organisation), Organisation.class);
    }

    @Override
    public List<Organisation> organisations() {
        return send("GET", "/organisations", null, Organisations.class).organisations();
    }

    @Override
    public Organisation topUp(String organisationId, long credits) {
        return send("POST", "/organisations/" + encode(organisationId) + "/top-up", new ControlWire.TopUp(credits),
                Organisation.class);
    }

    @Override
    public Organisation changeFeedPlan(String organisationId, FeedPlan feedPlan) {
        return send("PUT", "/organisations/" + encode(organisationId) + "/plan", new ControlWire.Plan(feedPlan),
                Organisation.class);
    }

    @Override
    public RateSettings rates(String organisationId) {
        return send("GET", ratesPath(organisationId), null, RateWire.class).toDomain();
    }

    @Override
    public RateSettings changeRates(String organisationId, RateSettings rates) {
        return send("PUT", ratesPath(organisationId), RateWire.of(rates), RateWire.class).toDomain();
    }

    private static String ratesPath(String organisationId) {
        return "/organisations/" + encode(organisationId) + "/rates";
    }

    @Override
    public CreatedKey createKey(NewKey key) {
        return send("POST", "/organisations/" + encode(key.organisationId()) + "/keys", ControlWire.Key.of(key),
                CreatedKey.class);
    }

    @Override
    public List<Key> keys() {
        return send("GET", "/keys", null, Keys.class).keys();
    }

    @Override
    public Key revokeKey(String keyId) {
        return send("POST", "/keys/" + encode(keyId) + "/revoke", null, Key.class);
    }

    @Override
    public Key wipeCounters(String keyId) {
        return send("POST", "/keys/" + encode(keyId) + "/wipe-counters", null, Key.class);
    }

    @Override
    public Faults setFaults(Faults faults) {
        return send("PUT", "/faults", ControlWire.FaultSettings.of(faults), ControlWire.FaultSettings.class)
                .toDomain();
    }

    @Override
    public Faults faults() {
        return send("GET", "/faults", null, ControlWire.FaultSettings.class).toDomain();
    }

    @Override
    public RequestPage requests(RequestFilter filter) {
        String query = "?after=" + filter.after() + "&limit=" + filter.limit()
                + (filter.keyId() == null ? "" : "&key=" + encode(filter.keyId()))
                + (filter.since() == null ? "" : "&since=" + encode(filter.since().toString()));
        return send("GET", "/requests" + query, null, RequestPage.class);
    }

    @Override
    public List<KeySummary> summary() {
        return send("GET", "/summary", null, Summary.class).keys();
    }

    @Override
    public void reset() {
        send("POST", "/reset", null, Reset.class);
    }

    @Override
    public void close() {
        http.close();
    }

    private <T> T send(String method, String path, @Nullable Object body, Class<T> type) {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Json.STRICT.writeValueAsBytes(body));
        HttpRequest request = HttpRequest.newBuilder(control.resolve("/control" + path)).timeout(TIMEOUT)
                .header("Authorization", authorization).method(method, publisher).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return read(response, type);
        } catch (IOException e) {
            throw new SandboxControlException("the sandbox's control API at " + control + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxControlException("interrupted while waiting for the sandbox's control API", e);
        }
    }

    private static <T> T read(HttpResponse<String> response, Class<T> type) {
        try {
            if (response.statusCode() != 200) {
                ControlWire.Failure failure = Json.STRICT.readValue(response.body(), ControlWire.Failure.class);
                throw new SandboxControlException(response.statusCode(), failure.error());
            }
            return Json.STRICT.readValue(response.body(), type);
        } catch (JacksonException e) {
            throw new SandboxControlException("the sandbox's control API answered what this client can't read", e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private record Organisations(List<Organisation> organisations) {}

    private record Keys(List<Key> keys) {}

    private record Summary(List<KeySummary> keys) {}

    private record Reset(boolean reset) {}
}
