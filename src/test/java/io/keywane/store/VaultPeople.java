package io.keywane.store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What other people do to a Vault server beside keywane, by plain HTTP: so that our own driver is not its own witness. */
final class VaultPeople {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final String token;
    private final String mount;

    VaultPeople(URI address, String token, String mount) {
        this.address = address;
        this.token = token;
        this.mount = mount;
    }

    /** Writes a secret's fields, given as JSON. */
    void write(String path, String data) {
        call("POST", mount + "/data/" + path, "{\"data\":" + data + "}");
    }

    /** A secret's fields as the server gives them. */
    JsonNode fields(String path) {
        return call("GET", mount + "/data/" + path, "").path("data").path("data");
    }

    int version(String path) {
        return call("GET", mount + "/data/" + path, "").path("data").path("metadata").path("version").asInt();
    }

    void deleteLatest(String path) {
        call("DELETE", mount + "/data/" + path, "");
    }

    void undelete(String path, int version) {
        call("POST", mount + "/undelete/" + path, "{\"versions\":[" + version + "]}");
    }

    void deleteAll(String path) {
        call("DELETE", mount + "/metadata/" + path, "");
    }

    void metadata(String path, String settings) {
        call("POST", mount + "/metadata/" + path, settings);
    }

    JsonNode call(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/" + path)).header("X-Vault-Token", token)
                .method(method, body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isIn(200, 204, 404);
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
