package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Claim;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines of the audit as {@code keywane audit tail --output json} prints them: each hash is computed anew from the line
 * before, and the line of the flag must name the bundle's digest.
 */
public final class AuditTrail {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final long NANOS = 1_000_000_000L;

    private final List<JsonNode> lines = new ArrayList<>();

    private AuditTrail() {}

    /** Reads lines of the audit. */
    public static AuditTrail read(byte[] json) throws EvidenceException {
        AuditTrail trail = new AuditTrail();
        try {
            MAPPER.readTree(json).path("lines").forEach(trail.lines::add);
        } catch (JacksonException _) {
            throw new EvidenceException("the audit is no JSON: make it with `keywane audit tail --output json`");
        }
        if (trail.lines.isEmpty()) {
            throw new EvidenceException("the audit has no lines: make it with `keywane audit tail --output json`");
        }
        return trail;
    }

    /** What the audit says of a bundle. */
    public List<Finding> check(Claim claim, String digest) {
        List<Finding> findings = new ArrayList<>();
        findings.add(chain());
        findings.add(lines.stream().filter(line -> isOfFlag(line, claim))
                .filter(line -> line.path("details").path("evidence").asString("").equals(digest)).findFirst()
                .map(line -> Finding.good("audit", "line " + line.path("sequence").asLong(0)
                        + " flags the key on this very file"))
                .orElseGet(() -> Finding.bad("audit",
                        "no line flags this key on a file of SHA-256 " + digest + " (give more with --lines)")));
        return List.copyOf(findings);
    }

    private static boolean isOfFlag(JsonNode line, Claim claim) {
        String brief = line.path("details").path("version").asString("");
        return line.path("action").asString("").equals("version.flagged")
                && line.path("key").asString("").equals(claim.key())
                && !brief.isEmpty() && claim.revoke().id().startsWith(brief);
    }

    private Finding chain() {
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            long sequence = line.path("sequence").asLong(0);
            boolean isFirst = i == 0 && sequence > 1;
            String former = i == 0 ? "" : lines.get(i - 1).path("hash").asString("");
            boolean isNext = i == 0 || sequence == lines.get(i - 1).path("sequence").asLong(0) + 1;
            if (!isFirst && !(isNext && hash(former, line).equals(line.path("hash").asString("")))) {
                return Finding.bad("audit chain", "line " + sequence + " does not follow from the one before");
            }
        }
        return Finding.good("audit chain", lines.size() + " lines follow from each other");
    }

    private static String hash(String former, JsonNode line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text(bytes, former);
        number(bytes, line.path("sequence").asLong(0));
        try {
            Instant at = Instant.parse(line.path("at").asString(""));
            number(bytes, at.getEpochSecond() * NANOS + at.getNano());
        } catch (DateTimeException _) {
            return "";
        }
        text(bytes, line.path("actor").asString(""));
        text(bytes, line.path("action").asString(""));
        optional(bytes, line.path("key"));
        text(bytes, line.path("reason").asString(""));
        optional(bytes, line.path("request_id"));
        Map<String, String> details = new TreeMap<>();
        line.path("details").properties().forEach(entry -> details.put(entry.getKey(), entry.getValue().asString("")));
        number(bytes, details.size());
        details.forEach((name, value) -> {
            text(bytes, name);
            text(bytes, value);
        });
        return EvidenceFile.digest(bytes.toByteArray());
    }

    private static void optional(ByteArrayOutputStream bytes, JsonNode value) {
        boolean isPresent = value.isString();
        number(bytes, isPresent ? 1 : 0);
        if (isPresent) {
            text(bytes, value.asString(""));
        }
    }

    private static void text(ByteArrayOutputStream bytes, String value) {
        byte[] content = value.getBytes(StandardCharsets.UTF_8);
        number(bytes, content.length);
        bytes.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream bytes, long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }
}
