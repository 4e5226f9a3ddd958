package io.keywane.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The consumers of all keys. They read the published file now and then, and note what was refused and when a key was used. */
final class ChaosUsers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(130);
    /** Requests that are counted in the one group and in the other. */
    private static final List<String> PATHS = List.of("/api/connectors/filters", "/api/jobs/expired?limit=1");

    private final URI baseUrl;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> refusals = new ArrayList<>();
    private final Map<String, Instant> lastUse = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Instant begin = Instant.now();
    private volatile boolean ended;

    ChaosUsers(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** So many more consumers of a published file, each of which reads it again after 1, 3, 5... seconds. */
    void start(int count, Path published) {
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().name(published.getFileName() + "-" + i).start(() -> use(published, number)));
        }
    }

    private void use(Path published, int number) {
        Duration reread = Duration.ofSeconds(1 + 2L * number);
        String key = "";
        long read = 0;
        int turn = number;
        try {
            while (!ended) {
                if (key.isEmpty() || System.nanoTime() - read > reread.toNanos()) {
                    key = Files.readString(published);
                    read = System.nanoTime();
                }
                send(key, baseUrl.resolve(PATHS.get(turn++ % PATHS.size())));
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            refused(published + ": " + e);
        }
    }

    private void send(String key, URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).header("X-Api-Key", key)
                .header("X-Consumer", Thread.currentThread().getName()).build();
        Instant sent = Instant.now();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        lastUse.merge(key, sent, (a, b) -> a.isAfter(b) ? a : b);
        requests.incrementAndGet();
        if (status != 200) {
            refused(uri.getPath() + ": " + status + " at " + sent);
        }
    }

    private void refused(String what) {
        synchronized (refusals) {
            refusals.add(what);
        }
    }

    List<String> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }

    int requests() {
        return requests.get();
    }

    double perSecond() {
        return requests.get() / (Duration.between(begin, Instant.now()).toMillis() / 1e3);
    }

    /** When a key was last sent by any of them. */
    Instant lastUse(String key) {
        return lastUse.getOrDefault(key, Instant.EPOCH);
    }

    @Override
    public void close() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
