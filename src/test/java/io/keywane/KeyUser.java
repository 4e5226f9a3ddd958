package io.keywane;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** One program that uses a key steadily until it is stopped; an answer that does not come is no matter to it. */
public final class KeyUser implements AutoCloseable {
    private final URI baseUrl;
    private final String name;
    private final Callable<String> key;
    private final List<String> paths;
    private final HttpClient client;
    private volatile boolean ended;

    /**
     * A program that does nothing yet.
     *
     * @param name as the sandbox's record names it
     * @param from the address it has
     * @param paths what it asks for, one after the other
     */
    public KeyUser(URI baseUrl, String name, InetAddress from, Callable<String> key, List<String> paths) {
        this.baseUrl = baseUrl;
        this.name = name;
        this.key = key;
        this.paths = List.copyOf(paths);
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).localAddress(from)
                .connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** The key in a file, read again after that time. */
    public static Callable<String> published(Path file, Duration reread) {
        return new Callable<>() {
            private String value = "";
            private long read;

            @Override
            public String call() throws IOException {
                if (value.isEmpty() || System.nanoTime() - read > reread.toNanos()) {
                    value = Files.readString(file);
                    read = System.nanoTime();
                }
                return value;
            }
        };
    }

    /** Goes on until it is closed. */
    public KeyUser steadily(Duration pause) {
        Thread.ofVirtual().name(name).start(() -> {
            while (!ended) {
                once();
                sleep(pause);
            }
        });
        return this;
    }

    /** Asks for each path once. */
    public void once() {
        try {
            String value = key.call();
            for (String path : paths) {
                send(HttpRequest.newBuilder(baseUrl.resolve(path)).timeout(Duration.ofSeconds(10))
                        .header("X-Api-Key", value).header("X-Consumer", name).build());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
        } catch (Exception e) {
            throw new IllegalStateException("the user " + name + " cannot go on", e);
        }
    }

    private void send(HttpRequest request) throws InterruptedException {
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException _) {
            // Faults of the scenario; what was counted stands in the sandbox's record.
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        ended = true;
    }

    @Override
    public void close() {
        stop();
        client.shutdown();
    }
}
