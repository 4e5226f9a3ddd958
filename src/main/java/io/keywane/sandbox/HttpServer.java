package io.keywane.sandbox;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;

/** One HTTP/1.1 listener, on loopback and nowhere else. */
final class HttpServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BACKLOG = 1_024;

    private final Server server;
    private final ServerConnector connector;

    private HttpServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts listening.
     *
     * @param name of its threads, and in errors
     * @param port 0 for any
     * @throws IOException if the port is taken or the server can't start
     */
    static HttpServer start(String name, int port, Handler handler) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("sandbox-" + name);
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(LOOPBACK);
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(handler);
        HttpServer started = new HttpServer(server, connector);
        started.start(name, port);
        return started;
    }

    URI url() {
        return URI.create("http://" + LOOPBACK + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server on " + url() + " did not stop", e);
        }
    }

    private void start(String name, int port) throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
            String why = taken ? "is taken by another process" : "can't be listened on";
            throw new IOException("the " + name + " port " + port + " on " + LOOPBACK + " " + why, e);
        }
    }
}
