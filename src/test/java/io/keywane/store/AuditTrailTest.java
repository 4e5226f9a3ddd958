package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.evidence.AuditTrail;
import io.keywane.evidence.Bundles;
import io.keywane.evidence.EvidenceBundle.Claim;
import io.keywane.evidence.EvidenceException;
import io.keywane.evidence.Finding;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The check of a bundle reads the chain that the store writes, with code of its own. */
class AuditTrailTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final Claim CLAIM = Bundles.honest().claim();

    private final ObjectNode json = JsonMapper.shared().createObjectNode().put("version", 1);
    private final ArrayNode lines = json.putArray("lines");
    private String head = "";

    private void line(String action, String key, Map<String, String> details) {
        long sequence = lines.size() + 1L;
        AuditEntry entry = new AuditEntry(Instant.parse("2026-11-24T10:00:00.123456789Z"), "keywane", action,
                Optional.of(new KeyName(key)), "flag_marked",
                sequence == 1 ? Optional.of("req-1") : Optional.empty(), details);
        head = AuditChain.hash(head, sequence, entry);
        ObjectNode line = lines.addObject().put("sequence", sequence).put("at", entry.at().toString())
                .put("actor", entry.actor()).put("action", action).put("key", key).put("reason", entry.reason())
                .put("request_id", entry.requestId().orElse(null)).put("hash", head);
        ObjectNode more = line.putObject("details");
        details.forEach(more::put);
    }

    private List<Boolean> check(String digest) throws EvidenceException {
        return AuditTrail.read(json.toString().getBytes(StandardCharsets.UTF_8)).check(CLAIM, digest).stream()
                .map(Finding::good).toList();
    }

    private void flag(String version) {
        line("rotation.start", "search-production", Map.of("rotation", "r"));
        line("version.flagged", "search-production", Map.of("version", version, "evidence", DIGEST));
    }

    @Test
    void lineOfTheFlag_withTheDigest_isFound() throws Exception {
        flag("0".repeat(8));
        assertThat(check(DIGEST)).containsExactly(true, true);

        lines.remove(0);
        assertThat(check(DIGEST)).as("only the latest lines").containsExactly(true, true);
    }

    @Test
    void anotherFileKeyOrVersion_isNotTheFlags() throws Exception {
        flag("0".repeat(8));
        assertThat(check("cd".repeat(32))).containsExactly(true, false);
        lines.removeAll();
        head = "";
        flag("5".repeat(8));
        assertThat(check(DIGEST)).containsExactly(true, false);
    }

    @Test
    void changedOrMissingLine_breaksTheChain() throws Exception {
        flag("0".repeat(8));
        line("version.revoked", "search-production", Map.of("version", "0".repeat(8)));
        ((ObjectNode) lines.get(1)).put("reason", "waived");
        assertThat(check(DIGEST)).containsExactly(false, true);
        ((ObjectNode) lines.get(1)).put("reason", "flag_marked");
        assertThat(check(DIGEST)).containsExactly(true, true);
        lines.remove(1);
        assertThat(check(DIGEST)).containsExactly(false, false);
    }

    @Test
    void whatIsNoAudit_isRefused() {
        for (String text : List.of("", "{", "{\"lines\":[]}", "[]")) {
            assertThatExceptionOfType(EvidenceException.class)
                    .isThrownBy(() -> AuditTrail.read(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
