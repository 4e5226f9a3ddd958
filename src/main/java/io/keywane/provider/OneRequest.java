package io.keywane.provider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

/**
 * Sends one request on a connection of its own and reads the answer, within one span for all of it: connecting, sending,
 * waiting, and the body. Follows no redirect, and sends nothing twice ({@link SingleSend}).
 */
final class OneRequest {
    private final Duration timeout;
    private final SSLContext tls;
    private final Executor threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());

    OneRequest(Duration timeout, SSLContext tls) {
        this.timeout = timeout;
        this.tls = tls;
    }

    /** A request to the API, without a key. */
    static HttpRequest.Builder to(URI target, String method) {
        return HttpRequest.newBuilder(target).method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", "application/json").header("Cache-Control", "no-cache")
                .header("User-Agent", "keywane");
    }

    /**
     * Sends it.
     *
     * @throws IOException if no complete answer came; the cause tells why
     */
    Answer send(HttpRequest request) throws IOException {
        // A client of its own for each request: its pool is empty, so the connection is fresh.
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).sslContext(tls).executor(threads).build();
        try {
            return await(client.sendAsync(request, info -> BodyStart.subscriber()));
        } finally {
            client.shutdownNow();
        }
    }

    private Answer await(CompletableFuture<HttpResponse<BodyStart>> pending) throws IOException {
        try {
            HttpResponse<BodyStart> response = pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (TimeoutException | ExecutionException | CancellationException e) {
            throw new IOException("no complete answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wait for an answer was interrupted", e);
        } finally {
            pending.cancel(true);
        }
    }
}
