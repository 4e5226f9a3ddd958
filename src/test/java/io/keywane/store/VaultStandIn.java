package io.keywane.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.keywane.store.VaultKvMount.Answer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import javax.net.ssl.SSLContext;

/**
 * A strict stand-in for a Vault server, over HTTP on the loopback: KV version 2 at {@code secret}, KV version 1 at
 * {@code old}, tokens, AppRole and policies. Its answers are those that a real server (OpenBao) was seen to give. Faults
 * can be ordered for single requests.
 */
public final class VaultStandIn implements AutoCloseable {
    /** A token that may do everything. */
    public static final String ROOT = "root-of-the-stand-in";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final VaultKvMount secrets = new VaultKvMount();
    private final Map<String, VaultToken> tokens = new HashMap<>();
    private final Map<String, Role> roles = new HashMap<>();
    private final Deque<Ordered> faults = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private boolean sealed;
    private int lag;
    private Duration clockAhead = Duration.ZERO;
    private int drawn;
    private Duration passed = Duration.ZERO;
    private String namespace = "";
    private boolean standby;

    /** What goes wrong with a request. */
    public enum Fault {
        /** Carried out, but the connection ends without an answer. */
        ANSWER_LOST,
        /** Not carried out, and the connection ends without an answer. */
        REQUEST_LOST,
        /** Not carried out, and answered 500. */
        FAILED,
        /** Carried out, and answered 500. */
        FAILED_AFTER_EFFECT,
        /** Answered 429. */
        THROTTLED,
        /** Answered by a proxy's page with 404. */
        PAGE,
        /** Redirected. */
        REDIRECTED
    }

    private record Ordered(Fault fault, Predicate<String> request) {}

    private record Role(String secretId, VaultPolicies policies, Duration life) {}

    public VaultStandIn() {
        this(Optional.empty());
    }

    /** One that speaks TLS, with the key and certificate of a context. */
    VaultStandIn(SSLContext tls) {
        this(Optional.of(tls));
    }

    private VaultStandIn(Optional<SSLContext> tls) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls.isPresent()) {
                HttpsServer secured = HttpsServer.create(address, 0);
                secured.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
                server = secured;
            } else {
                server = HttpServer.create(address, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback", e);
        }
        scheme = tls.isPresent() ? "https://localhost:" : "http://127.0.0.1:";
        tokens.put(ROOT, new VaultToken(VaultPolicies.ROOT, Duration.ZERO, false, now()));
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public URI address() {
        return URI.create(scheme + server.getAddress().getPort());
    }

    /** Makes a token; a life of zero does not end. */
    public synchronized String token(String policy, Duration life, boolean renewable) {
        drawn++;
        String token = "s.standin-" + drawn;
        tokens.put(token, new VaultToken(VaultPolicies.of(policy), life, renewable, now()));
        return token;
    }

    /** Lets the server's time pass. */
    public synchronized void pass(Duration span) {
        passed = passed.plus(span);
    }

    private Instant now() {
        return Instant.now().plus(passed);
    }

    /** Everything is in a namespace; a request that does not name it finds nothing. */
    public synchronized void namespace(String name) {
        namespace = name;
    }

    /** Whether the server says of itself that it is a standby. */
    public synchronized void standby(boolean on) {
        standby = on;
    }

    /** What consumers read in a field; empty where there is none. */
    public synchronized String served(String path, String field) {
        return secrets.read(path, 0).body().path("data").path("data").path(field).asString("");
    }

    public synchronized void revoke(String token) {
        tokens.remove(token);
    }

    /** Makes a role of AppRole, or gives it another secret id. */
    public synchronized void role(String roleId, String secretId, String policy, Duration life) {
        roles.put(roleId, new Role(secretId, VaultPolicies.of(policy), life));
    }

    public synchronized void seal(boolean on) {
        sealed = on;
    }

    /** Reads of secrets answer as a standby does that is some versions behind. */
    public synchronized void lag(int versions) {
        lag = versions;
    }

    public synchronized void clockAhead(Duration span) {
        clockAhead = span;
    }

    /** Orders a fault for the next request that fits, given as {@code METHOD path}. */
    public synchronized void order(Fault fault, Predicate<String> request) {
        faults.add(new Ordered(fault, request));
    }

    /** All requests so far, as {@code METHOD path}. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The mount {@code secret}, for what other people do to it. */
    VaultKvMount secrets() {
        return secrets;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v1/", "");
            String request = exchange.getRequestMethod() + " " + path;
            byte[] body = exchange.getRequestBody().readAllBytes();
            Fault fault = next(request);
            if (fault == Fault.REQUEST_LOST) {
                return;
            }
            if (fault != null && fault != Fault.ANSWER_LOST && fault != Fault.FAILED_AFTER_EFFECT) {
                fail(exchange, fault);
                return;
            }
            Answer answer = answer(exchange, path, body);
            if (fault == Fault.FAILED_AFTER_EFFECT) {
                fail(exchange, Fault.FAILED);
            } else if (fault == null) {
                send(exchange, answer);
            }
        }
    }

    private synchronized @Nullable Fault next(String request) {
        requests.add(request);
        for (Ordered ordered : faults) {
            if (ordered.request().test(request)) {
                faults.remove(ordered);
                return ordered.fault();
            }
        }
        return null;
    }

    private static void fail(HttpExchange exchange, Fault fault) throws IOException {
        switch (fault) {
            case FAILED -> send(exchange, Answer.error(500, "internal error"));
            case THROTTLED -> send(exchange, Answer.error(429, "request path \"x\": rate limit quota exceeded"));
            case REDIRECTED -> {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                exchange.sendResponseHeaders(307, -1);
            }
            case PAGE -> {
                byte[] page = "<html>Not here</html>".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(404, page.length);
                exchange.getResponseBody().write(page);
            }
            case ANSWER_LOST, REQUEST_LOST, FAILED_AFTER_EFFECT -> throw new IllegalArgumentException(fault.name());
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.status() == 204) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        byte[] body = JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private synchronized Answer answer(HttpExchange exchange, String path, byte[] bytes) {
        JsonNode body;
        try {
            body = bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(bytes);
        } catch (JacksonException _) {
            return Answer.error(400, "failed to parse JSON input");
        }
        if (path.equals("sys/health")) {
            return health();
        }
        if (sealed) {
            return Answer.error(503, "Vault is sealed");
        }
        String named = exchange.getRequestHeaders().getFirst("X-Vault-Namespace");
        if (!namespace.equals(named == null ? "" : named)) {
            return Answer.error(404, "no handler for route \"" + path + "\". route entry not found.");
        }
        if (path.equals("auth/approle/login")) {
            return logIn(body);
        }
        VaultToken token = tokens.get(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
        if (token == null || !token.ends.isAfter(now())) {
            return Answer.error(403, "permission denied");
        }
        return answer(exchange.getRequestMethod(), path, body, token);
    }

    private Answer answer(String method, String path, JsonNode body, VaultToken token) {
        if (path.startsWith("sys/internal/ui/mounts/")) {
            return mount(path.substring("sys/internal/ui/mounts/".length()), token);
        }
        if (!token.policies.allows(right(method, path), path)) {
            return Answer.error(403, "1 error occurred:\n\t* permission denied\n\n");
        }
        return switch (path) {
            case "sys/capabilities-self" -> capabilities(body, token);
            case "auth/token/lookup-self" -> lookUp(token);
            case "auth/token/renew-self" -> renew(token);
            default -> path.startsWith("secret/")
                    ? secret(method, path.substring("secret/".length()), body)
                    : Answer.error(404, "no handler for route \"" + path + "\". route entry not found.");
        };
    }

    private String right(String method, String path) {
        boolean creates = path.startsWith("secret/data/") && !secrets.exists(path.substring("secret/data/".length()));
        return switch (method) {
            case "GET" -> "read";
            case "POST", "PUT" -> creates ? "create" : "update";
            case "DELETE" -> "delete";
            default -> "sudo";
        };
    }

    private Answer secret(String method, String path, JsonNode body) {
        int slash = path.indexOf('/');
        String what = method + " " + path.substring(0, slash);
        String name = path.substring(slash + 1);
        return switch (what) {
            case "GET data" -> secrets.read(name, lag);
            case "POST data", "PUT data" -> secrets.write(name, body);
            case "DELETE data" -> secrets.deleteLatest(name);
            case "GET metadata" -> secrets.readMetadata(name);
            case "POST metadata", "PUT metadata" -> secrets.writeMetadata(name, body);
            case "DELETE metadata" -> secrets.deleteAll(name);
            case "POST undelete" -> secrets.undelete(name, body);
            case "POST destroy" -> secrets.destroy(name, body);
            default -> Answer.error(405, "unsupported operation");
        };
    }

    private Answer health() {
        return new Answer(sealed ? 503 : standby ? 429 : 200,
                JsonNodeFactory.instance.objectNode().put("initialized", true)
                        .put("sealed", sealed).put("standby", standby)
                        .put("server_time_utc", Instant.now().plus(clockAhead).getEpochSecond()));
    }

    private static Answer mount(String name, VaultToken token) {
        boolean sees = token.policies.paths().entrySet().stream()
                .anyMatch(e -> e.getKey().equals("*") || e.getKey().startsWith(name + "/"));
        boolean known = name.equals("secret") || name.equals("old");
        if (!sees || !known) {
            return Answer.error(403, "preflight capability check returned 403, please ensure client's policies grant "
                    + "access to path \"" + name + "/\"");
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("type", "kv").put("path", name + "/");
        data.putObject("options").put("version", name.equals("secret") ? "2" : "1");
        return Answer.data(200, data);
    }

    private static Answer capabilities(JsonNode body, VaultToken token) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        body.path("paths").forEach(path -> {
            var rights = data.putArray(path.asString());
            Set<String> has = token.policies.on(path.asString());
            (has.isEmpty() ? Set.of("deny") : has).stream().sorted().forEach(rights::add);
        });
        return Answer.data(200, data);
    }

    private Answer lookUp(VaultToken token) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("renewable", token.renewable)
                .put("ttl", token.life.isZero() ? 0 : Duration.between(now(), token.ends).toSeconds());
        data.putArray("policies").add("default");
        return Answer.data(200, data);
    }

    private Answer renew(VaultToken token) {
        if (!token.renewable) {
            return Answer.error(400, "lease is not renewable");
        }
        token.ends = now().plus(token.life);
        return authenticated("", token);
    }

    private Answer logIn(JsonNode body) {
        Role role = roles.get(body.path("role_id").asString(""));
        if (role == null || !role.secretId().equals(body.path("secret_id").asString(""))) {
            return Answer.error(400, "invalid role or secret ID");
        }
        drawn++;
        String name = "s.standin-" + drawn;
        VaultToken token = new VaultToken(role.policies(), role.life(), true, now());
        tokens.put(name, token);
        return authenticated(name, token);
    }

    private static Answer authenticated(String name, VaultToken token) {
        Answer answer = Answer.data(200, JsonNodeFactory.instance.nullNode());
        ObjectNode auth = answer.body().putObject("auth").put("client_token", name)
                .put("lease_duration", token.life.toSeconds()).put("renewable", token.renewable);
        auth.putArray("policies").add("default");
        return answer;
    }
}
