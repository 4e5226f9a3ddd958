package io.keywane.daemon;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Serves metrics, health and the status page over HTTP: {@code /metrics}, {@code /-/healthy}, {@code /-/ready} and
 * {@code /}, for reading only.
 *
 * <p>Health is that of the daemon's own loops, never that of the API or of a store: restarting the daemon mends neither.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int MOST_CONNECTIONS = 64;
    private static final int LARGEST_HEADER = 8_192;
    private static final int MOST_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;

    private HttpEndpoint(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to serve.
     *
     * @param host the address to listen at
     * @param port its port; 0 picks a free one
     * @param healthy whether the loops make progress
     * @param ready whether configuration and state are loaded
     * @param status makes the status page
     * @throws IllegalStateException if the address cannot be listened at; the message names it
     */
    public static HttpEndpoint start(String host, int port, Metrics metrics, BooleanSupplier healthy,
            BooleanSupplier ready, Supplier<String> status) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        server.setHandler(new HttpPages(metrics, healthy, ready, status));
        server.setErrorHandler(HttpPages::writeError);
        HttpEndpoint endpoint = new HttpEndpoint(server, connector);
        endpoint.listen(host, port);
        return endpoint;
    }

    /** Where it listens, with the port that was picked. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP endpoint did not stop", e);
        }
    }

    private void listen(String host, int port) {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("cannot serve metrics at " + host + ":" + port + " (" + e.getMessage()
                    + "); choose another port or address in the configuration", e);
        }
    }

    private static HttpConfiguration http() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(LARGEST_HEADER);
        return configuration;
    }
}
