package io.keywane.demo;

import io.keywane.key.KeyMaterial;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A program that uses the API with the published key, at a steady rate, as one of the organisation's own would. It ends
 * when its standard input does, and tells its count after each request.
 */
public final class Consumer {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ConsumerSettings settings;
    private final PublishedKey key;
    private final HttpClient http;
    private ConsumerCount count;

    private Consumer(ConsumerSettings settings, HttpClient http) throws IOException {
        this.settings = settings;
        this.key = PublishedKey.read(settings.keyFile(), settings.reread(), System.nanoTime());
        this.http = http;
        this.count = new ConsumerCount(settings.name(), 0, 0);
    }

    /** Arguments: those of {@link ConsumerSettings}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("end of input").start(() -> {
            Leash.awaitEndOfInput();
            end.countDown();
        });
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT)
                .build()) {
            new Consumer(ConsumerSettings.ofArguments(List.of(arguments)), http).runUntil(end);
        }
    }

    private void runUntil(CountDownLatch end) throws InterruptedException {
        long next = System.nanoTime();
        for (int turn = 0; !end.await(next - System.nanoTime(), TimeUnit.NANOSECONDS); turn++) {
            count = count.with(isAccepted(ApiCall.ROUND.get(turn % ApiCall.ROUND.size())));
            System.out.println(count.toLine());
            // What was missed is not made up for: the rate stays steady.
            next = Math.max(next + settings.interval().toNanos(), System.nanoTime());
        }
    }

    private boolean isAccepted(ApiCall call) throws InterruptedException {
        try {
            int status = http.send(request(call), HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status < 300) {
                return true;
            }
            System.err.println(call.path() + " was answered with " + status);
        } catch (IOException e) {
            System.err.println(call.path() + " was not answered: " + e);
        }
        return false;
    }

    private HttpRequest request(ApiCall call) {
        KeyMaterial material = key.at(System.nanoTime());
        return call.request(settings.baseUrl()).timeout(TIMEOUT).header("X-Api-Key", material.exposeString())
                .header("User-Agent", settings.name()).build();
    }
}
