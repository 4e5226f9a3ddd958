package io.keywane.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;

import static java.util.Objects.requireNonNull;

/**
 * AWS Secrets Manager as its API model describes it, strict where other stand-ins are not: a label sits on one version
 * only, a label that sits elsewhere moves by {@code UpdateSecretVersionStage} only if its holder is named, all versions
 * have at most 20 labels together, a version without a label may be gone. JSON 1.1 over HTTP on loopback.
 */
final class AwsStandIn implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int QUOTA = 20;
    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";

    /** One call as it was received. */
    record Call(String operation, Map<String, Object> request) {
        /** A text of the request; empty where it lacks it. */
        Optional<String> text(String field) {
            return Optional.ofNullable((String) request.get(field));
        }
    }

    /** What is to go wrong with one coming call of an operation. */
    enum Fault {
        /** AWS asks for patience. */
        THROTTLED,
        /** AWS fails before anything is done. */
        INTERNAL,
        /** The call is carried out and its answer is lost. */
        ANSWER_LOST,
        /** The caller lacks the right. */
        DENIED
    }

    private static final class Secret {
        final Map<String, String> values = new LinkedHashMap<>();
        final Map<String, String> labels = new TreeMap<>();
        final Deque<Map<String, String>> earlier = new ArrayDeque<>();
        boolean rotated;
        boolean deleted;
        double changed = 1_790_000_000;
    }

    private record Refusal(int status, String type) {}

    private final HttpServer server;
    private final Map<String, Secret> secrets = new HashMap<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Fault> always = new HashMap<>();
    private final Map<String, Runnable> later = new HashMap<>();
    private int lag;
    private int looksLeft;

    AwsStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A secret that holds nothing yet. */
    synchronized void create(String name) {
        secrets.put(name, new Secret());
    }

    private Secret secret(String name) {
        return requireNonNull(secrets.get(name), "no such secret");
    }

    /** What a person does who saves a text in the console: it is current at once. */
    synchronized void save(String name, String awsVersion, String text) {
        Secret secret = secret(name);
        store(secret, awsVersion, text, List.of("AWSCURRENT"));
    }

    /** What consumers read. */
    synchronized Optional<String> current(String name) {
        Secret secret = secret(name);
        return Optional.ofNullable(secret.labels.get("AWSCURRENT")).map(secret.values::get);
    }

    synchronized Map<String, String> labels(String name) {
        return Map.copyOf(secret(name).labels);
    }

    synchronized void label(String name, String label, String awsVersion) {
        secret(name).labels.put(label, awsVersion);
    }

    synchronized void scheduleDeletion(String name) {
        secret(name).deleted = true;
    }

    synchronized void enableRotation(String name) {
        secret(name).rotated = true;
    }

    /** The next calls of an operation meet these faults, one each. */
    synchronized void fail(String operation, Fault... next) {
        faults.computeIfAbsent(operation, o -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** After the next call of one operation, the next call of another meets a fault. */
    synchronized void failAfter(String first, String operation, Fault fault) {
        later.put(first, () -> fail(operation, fault));
    }

    /** The caller has no right to these operations. */
    synchronized void deny(String... operations) {
        List.of(operations).forEach(operation -> always.put(operation, Fault.DENIED));
    }

    /** Each change shows only after so many looks. */
    synchronized void lag(int looks) {
        lag = looks;
    }

    /** The calls since the last look, oldest first. */
    synchronized List<Call> takeCalls() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
            byte[] body = exchange.getRequestBody().readAllBytes();
            Map<String, Object> request = JSON.readValue(body, new TypeReference<>() {
            });
            Optional<byte[]> reply = handle(operation, request, exchange);
            if (reply.isPresent()) {
                exchange.getResponseBody().write(reply.get());
            }
        }
    }

    /** Empty where the answer is lost. */
    private synchronized Optional<byte[]> handle(String operation, Map<String, Object> request, HttpExchange exchange)
            throws IOException {
        calls.add(new Call(operation, request));
        Optional<Fault> fault = Optional.ofNullable(faults.getOrDefault(operation, new ArrayDeque<>()).poll())
                .or(() -> Optional.ofNullable(always.get(operation)));
        Optional.ofNullable(later.remove(operation)).ifPresent(Runnable::run);
        Object result = switch (fault.orElse(null)) {
            case THROTTLED -> new Refusal(400, "ThrottlingException");
            case INTERNAL -> new Refusal(500, "InternalServiceError");
            case DENIED -> new Refusal(400, "AccessDeniedException");
            case ANSWER_LOST -> perform(operation, request);
            case null -> perform(operation, request);
        };
        if (fault.equals(Optional.of(Fault.ANSWER_LOST))) {
            return Optional.empty();
        }
        int status = result instanceof Refusal refusal ? refusal.status() : 200;
        Object body = result instanceof Refusal refusal
                ? Map.of("__type", refusal.type(), "Message", "as asked by the test: " + request)
                : result;
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        return Optional.of(bytes);
    }

    private Object perform(String operation, Map<String, Object> request) {
        String name = String.valueOf(request.get("SecretId")).replaceFirst("^" + ARN, "");
        Secret secret = secrets.get(name);
        if (secret == null) {
            return new Refusal(400, "ResourceNotFoundException");
        }
        if (secret.deleted && !operation.equals("DescribeSecret")) {
            return new Refusal(400, "InvalidRequestException");
        }
        JsonNode node = JSON.valueToTree(request);
        return switch (operation) {
            case "DescribeSecret" -> describe(name, secret);
            case "GetSecretValue" -> get(name, secret, node);
            case "PutSecretValue" -> put(secret, node);
            case "UpdateSecretVersionStage" -> move(secret, node);
            default -> new Refusal(400, "AccessDeniedException");
        };
    }

    private Object describe(String name, Secret secret) {
        Map<String, String> shown = secret.labels;
        if (looksLeft > 0) {
            looksLeft--;
            shown = secret.earlier.peekLast();
        }
        Map<String, List<String>> stages = new TreeMap<>();
        shown.forEach((label, version) -> stages.computeIfAbsent(version, v -> new ArrayList<>()).add(label));
        Map<String, Object> described = new HashMap<>();
        described.put("ARN", ARN + name);
        described.put("VersionIdsToStages", stages);
        described.put("LastChangedDate", secret.changed);
        described.put("RotationEnabled", secret.rotated);
        if (secret.deleted) {
            described.put("DeletedDate", secret.changed);
        }
        return described;
    }

    private Object get(String name, Secret secret, JsonNode request) {
        String version = request.has("VersionId")
                ? request.get("VersionId").asString()
                : secret.labels.get("AWSCURRENT");
        String text = version == null ? null : secret.values.get(version);
        return text == null
                ? new Refusal(400, "ResourceNotFoundException")
                : Map.of("ARN", ARN + name, "VersionId", version, "SecretString", text);
    }

    private Object put(Secret secret, JsonNode request) {
        String token = request.get("ClientRequestToken").asString();
        if (token.length() < 32 || token.length() > 64) {
            return new Refusal(400, "InvalidParameterException");
        }
        String text = request.get("SecretString").asString();
        String present = secret.values.get(token);
        if (present != null) {
            return present.equals(text) ? Map.of("VersionId", token) : new Refusal(400, "ResourceExistsException");
        }
        List<String> wanted = new ArrayList<>();
        request.path("VersionStages").forEach(label -> wanted.add(label.asString()));
        if (wanted.isEmpty() || secret.values.isEmpty()) {
            wanted.add("AWSCURRENT");
        }
        long fresh = wanted.stream().filter(label -> !secret.labels.containsKey(label)).count();
        if (secret.labels.size() + fresh > QUOTA) {
            return new Refusal(400, "LimitExceededException");
        }
        store(secret, token, text, wanted);
        return Map.of("VersionId", token);
    }

    private void store(Secret secret, String version, String text, List<String> labels) {
        remember(secret);
        secret.values.put(version, text);
        labels.forEach(label -> attach(secret, label, version));
    }

    private Object move(Secret secret, JsonNode request) {
        String label = request.get("VersionStage").asString();
        String from = request.has("RemoveFromVersionId") ? request.get("RemoveFromVersionId").asString() : null;
        String to = request.has("MoveToVersionId") ? request.get("MoveToVersionId").asString() : null;
        String holder = secret.labels.get(label);
        boolean fenced = holder == null ? from == null : holder.equals(from);
        if (!fenced || (to == null && label.equals("AWSCURRENT"))) {
            return new Refusal(400, "InvalidParameterException");
        }
        if (to != null && !secret.values.containsKey(to)) {
            return new Refusal(400, "ResourceNotFoundException");
        }
        if (to != null && holder == null && secret.labels.size() >= QUOTA) {
            return new Refusal(400, "LimitExceededException");
        }
        remember(secret);
        if (to == null) {
            secret.labels.remove(label);
        } else {
            attach(secret, label, to);
        }
        return Map.of("Name", "a secret");
    }

    private static void attach(Secret secret, String label, String version) {
        String before = secret.labels.put(label, version);
        if (label.equals("AWSCURRENT") && before != null && !before.equals(version)) {
            secret.labels.put("AWSPREVIOUS", before);
        }
    }

    private void remember(Secret secret) {
        looksLeft = lag;
        secret.earlier.add(new TreeMap<>(secret.labels));
        secret.changed += 1;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
