package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says in audit lines what a change of state changes: before, after, and why. */
final class AuditLines {
    /** Under which name a line keeps the digest of a bundle of evidence. */
    static final String EVIDENCE = "evidence";

    private AuditLines() {}

    /**
     * The lines of one change.
     *
     * @param reason an operator's words; empty for the daemon's own decisions, whose reason word stands then
     * @param bundles the digests of what flags rest on
     */
    static List<AuditEntry> of(
            KeyState before,
            KeyState after,
            Map<VersionId, String> bundles,
            List<Intent> intents,
            String actor,
            String reason,
            Optional<String> requestId,
            Moment now) {
        List<AuditEntry> lines = new ArrayList<>();
        rotation(before, after).ifPresent(details -> lines.add(new AuditEntry(now.wall(), actor, "rotation."
                + details.get("to"), Optional.of(after.key()), or(reason, after.rotation().orElseThrow()), requestId,
                details)));
        for (KeyVersion version : after.versions()) {
            version(before, version, Optional.ofNullable(bundles.get(version.id())))
                    .ifPresent(details -> lines.add(new AuditEntry(now.wall(), actor,
                            "version." + details.get("to"), Optional.of(after.key()), version.reason().word(),
                            requestId,
                            details)));
        }
        intents.forEach(intent -> lines.add(new AuditEntry(now.wall(), actor, "try." + intent.action(),
                Optional.of(after.key()), "", requestId,
                Map.of("version", intent.version().brief(), "intent", intent.id()))));
        return lines;
    }

    static AuditEntry outcome(KeyName key, Intent intent, Intent.Outcome outcome, String detail, Moment now) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("version", intent.version().brief());
        details.put("intent", intent.id());
        details.put("outcome", lower(outcome));
        if (!detail.isEmpty()) {
            details.put(outcome == Intent.Outcome.SUCCEEDED ? EVIDENCE : "detail", detail);
        }
        return new AuditEntry(now.wall(), AuditEntry.DAEMON, "did." + intent.action(), Optional.of(key), lower(outcome),
                Optional.empty(), details);
    }

    private static Optional<Map<String, String>> rotation(KeyState before, KeyState after) {
        if (after.rotation().isEmpty() || after.rotation().equals(before.rotation())) {
            return Optional.empty();
        }
        Rotation now = after.rotation().get();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("rotation", now.id());
        before.rotation().filter(r -> r.id().equals(now.id())).ifPresent(r -> details.put("from", lower(r.state())));
        details.put("to", lower(now.state()));
        details.put("because", now.reason().word());
        return Optional.of(details);
    }

    private static Optional<Map<String, String>> version(KeyState before, KeyVersion now, Optional<String> bundle) {
        Optional<KeyVersion> former = before.version(now.id());
        if (former.isPresent() && former.get().stage() == now.stage()) {
            return Optional.empty();
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("version", now.id().brief());
        former.ifPresent(v -> details.put("from", lower(v.stage())));
        details.put("to", lower(now.stage()));
        bundle.filter(_ -> now.stage() == Stage.FLAGGED).ifPresent(digest -> details.put(EVIDENCE, digest));
        for (GateReport gate : now.evidence()) {
            details.put("gate." + gate.gate().word(), (gate.met() ? "met: " : "waived: ") + gate.known());
        }
        return Optional.of(details);
    }

    private static String or(String reason, Rotation rotation) {
        return reason.isEmpty() ? rotation.reason().word() : reason;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
