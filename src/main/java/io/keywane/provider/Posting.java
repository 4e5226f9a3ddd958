package io.keywane.provider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts JSON to places that are told of alerts. No message of it holds the address, which may be a secret. */
final class Posting {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).build();

    void post(URI url, String json) throws IOException {
        send(HttpRequest.newBuilder(url).timeout(PATIENCE).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    void get(URI url) throws IOException {
        send(HttpRequest.newBuilder(url).timeout(PATIENCE).GET().build());
    }

    @SuppressWarnings("UnusedException") // its text may hold the address
    private void send(HttpRequest request) throws IOException {
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() / 100 != 2) {
                throw new IOException("it answers with status " + response.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            throw new IOException(why.startsWith("it answers")
                    ? why
                    : "no answer (" + e.getClass().getSimpleName()
                            + ")");
        }
    }
}
