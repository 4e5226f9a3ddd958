package io.keywane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network that cannot be relied on, before any HTTP server on the loopback: requests vanish, wait, arrive twice, or are
 * carried out while their answer is lost. Which request meets what follows from the seed and the order of arrival.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration LONGEST_DELAY = Duration.ofMillis(300);
    /** The client writes them itself. */
    private static final Set<String> OWN_HEADERS = Set.of("host", "connection", "content-length", "upgrade", "expect");

    private final URI upstream;
    private final Random random;
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private double share;

    /** What becomes of a request. */
    public enum Fault {
        NONE,
        /** It never arrives, and the connection ends. */
        DROPPED,
        /** It arrives late. */
        DELAYED,
        /** It arrives twice; the second answer is given. */
        DUPLICATED,
        /** It arrives, and the connection ends instead of an answer. */
        ANSWER_LOST
    }

    /**
     * A proxy that does no harm yet.
     *
     * @param upstream the server that is meant
     */
    public FaultProxy(URI upstream, long seed) {
        this.upstream = upstream;
        this.random = new Random(seed);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on this share of requests meets a fault, each kind as often as the others. */
    public synchronized void disturb(double shareOfRequests) {
        share = shareOfRequests;
    }

    /** How many requests met what so far. */
    public synchronized Map<Fault, Integer> counts() {
        return Map.copyOf(counts);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
    }

    private synchronized Fault draw() {
        Fault[] all = Fault.values();
        Fault fault = random.nextDouble() < share ? all[1 + random.nextInt(all.length - 1)] : Fault.NONE;
        counts.merge(fault, 1, Integer::sum);
        return fault;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest request = request(exchange, body);
            switch (draw()) {
                case DROPPED -> {
                    // Closed without an answer.
                }
                case ANSWER_LOST -> send(request);
                case DELAYED -> {
                    Thread.sleep(Duration.ofMillis(randomMillis()));
                    answer(exchange, send(request));
                }
                case DUPLICATED -> {
                    send(request);
                    answer(exchange, send(request));
                }
                case NONE -> answer(exchange, send(request));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long randomMillis() {
        return random.nextLong(LONGEST_DELAY.toMillis());
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        return builder.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().firstValue("content-type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        boolean empty = answer.body().length == 0;
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
    }
}
