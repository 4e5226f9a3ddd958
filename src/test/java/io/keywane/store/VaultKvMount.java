package io.keywane.store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/** One KV version 2 mount of the stand-in, by the rules that a real server was seen to keep. */
final class VaultKvMount {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEFAULT_VERSIONS = 10;

    private final Map<String, Secret> secrets = new HashMap<>();

    /** An answer: status and body. */
    record Answer(int status, ObjectNode body) {
        static Answer error(int status, String... texts) {
            ObjectNode body = JSON.objectNode();
            var errors = body.putArray("errors");
            for (String text : texts) {
                errors.add(text);
            }
            return new Answer(status, body);
        }

        static Answer data(int status, JsonNode data) {
            ObjectNode body = JSON.objectNode().put("request_id", "r").put("lease_id", "").put("renewable", false)
                    .put("lease_duration", 0);
            body.set("data", data);
            return new Answer(status, body);
        }

        static Answer empty() {
            return new Answer(204, JSON.objectNode());
        }
    }

    private static final class Secret {
        private final TreeMap<Integer, Version> versions = new TreeMap<>();
        private int current;
        private int maxVersions;
        private Duration deleteAfter = Duration.ZERO;
        private boolean casRequired;

        private Version version(int number) {
            return requireNonNull(versions.get(number), "no such version");
        }
    }

    private static final class Version {
        private JsonNode data;
        private final Instant created = Instant.now();
        private String deleted = "";
        private boolean destroyed;

        private Version(JsonNode data) {
            this.data = data;
        }

        boolean isGone() {
            return destroyed || (!deleted.isEmpty() && !Instant.parse(deleted).isAfter(Instant.now()));
        }
    }

    boolean exists(String path) {
        return secrets.containsKey(path);
    }

    Answer read(String path, int backward) {
        Secret secret = secrets.get(path);
        if (secret == null || secret.current == 0) {
            return Answer.error(404);
        }
        int number = Math.max(1, secret.current - backward);
        Version version = secret.versions.get(number);
        if (version == null) {
            return Answer.error(404);
        }
        ObjectNode data = JSON.objectNode();
        data.set("data", version.isGone() ? NullNode.getInstance() : version.data);
        data.set("metadata", metadata(number, version));
        return Answer.data(version.isGone() ? 404 : 200, data);
    }

    Answer write(String path, JsonNode request) {
        JsonNode data = request.path("data");
        if (!data.isObject()) {
            return Answer.error(400, "no data provided");
        }
        Secret secret = secrets.get(path);
        JsonNode cas = request.path("options").path("cas");
        if (cas.isMissingNode() && secret != null && secret.casRequired) {
            return Answer.error(400, "check-and-set parameter required for this call");
        }
        if (!cas.isMissingNode() && !cas.isIntegralNumber()) {
            return Answer.error(400, "error parsing check-and-set parameter");
        }
        if (!cas.isMissingNode() && cas.asInt() != (secret == null ? 0 : secret.current)) {
            return Answer.error(400, "check-and-set parameter did not match the current version");
        }
        Secret kept = secrets.computeIfAbsent(path, _ -> new Secret());
        Version version = new Version(data.deepCopy());
        kept.current++;
        kept.versions.put(kept.current, version);
        if (kept.deleteAfter.isPositive()) {
            version.deleted = version.created.plus(kept.deleteAfter).toString();
        }
        int most = kept.maxVersions == 0 ? DEFAULT_VERSIONS : kept.maxVersions;
        kept.versions.headMap(kept.current - most, true).clear();
        return Answer.data(200, metadata(kept.current, version));
    }

    /** {@code DELETE data/PATH}: the latest version only, and it can be undone. */
    Answer deleteLatest(String path) {
        Secret secret = secrets.get(path);
        if (secret != null && secret.current > 0) {
            secret.version(secret.current).deleted = Instant.now().toString();
        }
        return Answer.empty();
    }

    Answer undelete(String path, JsonNode request) {
        Secret secret = secrets.get(path);
        if (secret != null) {
            request.path("versions").forEach(n -> secret.version(n.asInt()).deleted = "");
        }
        return Answer.empty();
    }

    Answer destroy(String path, JsonNode request) {
        Secret secret = secrets.get(path);
        if (secret != null) {
            request.path("versions").forEach(n -> {
                secret.version(n.asInt()).destroyed = true;
                secret.version(n.asInt()).data = NullNode.getInstance();
            });
        }
        return Answer.empty();
    }

    /** {@code DELETE metadata/PATH}: everything, for good. */
    Answer deleteAll(String path) {
        secrets.remove(path);
        return Answer.empty();
    }

    Answer readMetadata(String path) {
        Secret secret = secrets.get(path);
        if (secret == null) {
            return Answer.error(404);
        }
        ObjectNode data = JSON.objectNode().put("cas_required", secret.casRequired)
                .put("current_version", secret.current).put("max_versions", secret.maxVersions)
                .put("delete_version_after", secret.deleteAfter.toSeconds() + "s");
        ObjectNode versions = data.putObject("versions");
        secret.versions.forEach((number, version) -> versions.set(number.toString(), metadata(number, version)));
        return Answer.data(200, data);
    }

    Answer writeMetadata(String path, JsonNode request) {
        Secret secret = secrets.computeIfAbsent(path, _ -> new Secret());
        secret.maxVersions = request.path("max_versions").asInt(secret.maxVersions);
        secret.casRequired = request.path("cas_required").asBoolean(secret.casRequired);
        String after = request.path("delete_version_after").asString("");
        if (!after.isEmpty()) {
            secret.deleteAfter = Duration.parse("PT" + after.toUpperCase(Locale.ROOT));
        }
        return Answer.empty();
    }

    private static ObjectNode metadata(int number, Version version) {
        ObjectNode metadata = JSON.objectNode().put("created_time", version.created.toString());
        metadata.putNull("custom_metadata");
        return metadata.put("deletion_time", version.deleted).put("destroyed", version.destroyed).put("version",
                number);
    }
}
