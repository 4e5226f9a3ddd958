package io.keywane;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Consumers that read the published key now and then and use it steadily; they count what is refused. */
public final class Consumers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    /** From where consumers get their key. */
    @FunctionalInterface
    public interface Source {
        String read() throws IOException;
    }

    /** Starts consumers, each of which reads the file again after 1, 3, 5... seconds. */
    public Consumers(int count, URI baseUrl, Path published) {
        this(count, baseUrl, () -> Files.readString(published));
    }

    /** Starts consumers, each of which asks for its key again after 1, 3, 5... seconds. */
    public Consumers(int count, URI baseUrl, Source source) {
        for (int i = 0; i < count; i++) {
            Duration reread = Duration.ofSeconds(1 + 2L * i);
            String name = "consumer-" + i;
            threads.add(Thread.ofVirtual().start(() -> run(name, reread, baseUrl, source)));
        }
    }

    private void run(String name, Duration reread, URI baseUrl, Source source) {
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            String key = "";
            long read = 0;
            while (!ended) {
                if (key.isEmpty() || System.nanoTime() - read > reread.toNanos()) {
                    key = source.read();
                    read = System.nanoTime();
                }
                for (String path : List.of("/api/connectors/filters", "/api/jobs/expired?limit=1")) {
                    send(client, name, key, baseUrl.resolve(path));
                }
                Thread.sleep(PAUSE);
            }
        } catch (IOException e) {
            refused.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpClient client, String name, String key, URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).header("X-Api-Key", key).header("X-Consumer", name).build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        requests.incrementAndGet();
        if (status != 200) {
            refused.incrementAndGet();
        }
    }

    public int requests() {
        return requests.get();
    }

    public int refused() {
        return refused.get();
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
    }
}
