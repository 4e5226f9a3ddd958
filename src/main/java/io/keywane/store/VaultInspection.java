package io.keywane.store;

import io.github.jopenlibs.vault.json.JsonObject;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreReference;
import io.keywane.engine.VaultSettings;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.store.VaultServer.Answer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Examines a Vault store without changing anything: mount, clock, rights, and what the server does by itself. */
final class VaultInspection {
    private static final long CLOCK_TOLERANCE = Duration.ofSeconds(30).toSeconds();
    private static final String POLICY = "compare the token's policies with config/vault/rotate.hcl";

    private final String called;
    private final VaultServer server;
    private final VaultKv kv;
    private final VaultSettings settings;

    VaultInspection(String called, VaultServer server, VaultKv kv, VaultSettings settings) {
        this.called = called;
        this.server = server;
        this.kv = kv;
        this.settings = settings;
    }

    List<StoreFinding> inspect(Map<KeyName, StoreReference> places, Map<KeyName, StoreReference> candidates,
            Moment now) {
        List<StoreFinding> findings = new ArrayList<>();
        try {
            mount(findings);
            clock(findings, now);
            token(findings);
            rights(findings, places, candidates);
            new TreeMap<>(places).forEach((key, place) -> secrets(findings, key, place));
        } catch (StoreException e) {
            findings.add(problem(e));
        }
        return findings;
    }

    private StoreFinding problem(StoreException e) {
        String message = String.valueOf(e.getMessage());
        int cut = message.lastIndexOf("; ");
        return cut < 0
                ? StoreFinding.problem(called, message, "see the journal")
                : StoreFinding.problem(called, message.substring(0, cut), message.substring(cut + 2));
    }

    private void mount(List<StoreFinding> findings) {
        kv.mountFault().ifPresentOrElse(fault -> findings.add(problem(fault)),
                () -> findings.add(StoreFinding.ok(called,
                        "mount " + settings.mount() + " at " + settings.address() + " is KV version 2")));
    }

    private void clock(List<StoreFinding> findings, Moment now) {
        server.clockAhead(now.wall()).filter(seconds -> Math.abs(seconds) > CLOCK_TOLERANCE)
                .ifPresentOrElse(seconds -> findings.add(StoreFinding.warning(called,
                        "the server's clock is " + Math.abs(seconds) + " s " + (seconds > 0 ? "ahead of" : "behind")
                                + " this host's",
                        "synchronise both with a time server")),
                        () -> findings.add(StoreFinding.ok(called, "the server's clock agrees with this host's")));
    }

    private void token(List<StoreFinding> findings) {
        VaultLogin.Session session = server.login().session();
        boolean ends = session.life().isPresent() && !session.renewable()
                && settings.login() instanceof VaultSettings.Login.TokenFile;
        findings.add(ends
                ? StoreFinding.warning(called, "the token ends within " + session.life().orElseThrow().toHours()
                        + " h and cannot be renewed", "have it replaced in its file before, as Vault Agent does")
                : StoreFinding.ok(called, "the token is accepted"));
    }

    private void rights(List<StoreFinding> findings, Map<KeyName, StoreReference> places,
            Map<KeyName, StoreReference> candidates) {
        VaultRights rights = VaultRights.of(settings.mount(), places.values(), candidates.values());
        Answer answer = server.capabilities(rights.paths());
        if (!answer.isGood()) {
            findings.add(
                    StoreFinding.warning(called, "our rights are not known: sys/capabilities-self is refused (HTTP "
                            + answer.status() + ")", POLICY));
            return;
        }
        VaultRights.Judgement judgement = rights.judge(answer.data());
        if (judgement.readsOnly()) {
            findings.add(
                    StoreFinding.warning(called, "the token may read and not write: enough to watch, not to rotate",
                            "to rotate, give it the policy config/vault/rotate.hcl"));
        } else {
            judgement.missing().forEach(right -> findings.add(StoreFinding.problem(called, "missing right: " + right,
                    POLICY)));
        }
        judgement.excess().forEach(right -> findings.add(StoreFinding.problem(called,
                "right that keywane must not have: " + right, POLICY)));
        if (judgement.missing().isEmpty() && judgement.excess().isEmpty()) {
            findings.add(StoreFinding.ok(called, "the token has the rights that are needed, and no others there"));
        }
    }

    private void secrets(List<StoreFinding> findings, KeyName key, StoreReference place) {
        String subject = "key " + key;
        try {
            int before = findings.size();
            lifetime(findings, subject, place.path());
            lifetime(findings, subject, place.custody());
            kept(findings, subject, place.path());
            if (findings.size() == before) {
                findings.add(StoreFinding.ok(subject, kv.full(place.path()) + " and " + kv.full(place.custody())
                        + " can be read, and stay until they are changed"));
            }
        } catch (StoreException e) {
            findings.add(new StoreFinding(StoreFinding.Severity.PROBLEM, subject, String.valueOf(e.getMessage()),
                    Optional.empty()));
        }
    }

    private void lifetime(List<StoreFinding> findings, String subject, String path) {
        Optional<String> after = metadata(path).map(data -> Answer.text(data, "delete_version_after"))
                .filter(text -> !text.isEmpty() && !text.equals("0s"));
        Optional<String> at = kv.read(path).endsAt();
        if (at.isEmpty() && after.isEmpty()) {
            return;
        }
        String when = at.map(time -> "will be taken away by the server at " + time)
                .orElse("will be taken away " + after.orElse("") + " after its next change");
        findings.add(StoreFinding.problem(subject, kv.full(path) + " " + when,
                "set delete_version_after to 0 on the secret and on the mount, then have it written again"));
    }

    private void kept(List<StoreFinding> findings, String subject, String path) {
        metadata(path).map(data -> Answer.number(data, "max_versions")).filter(most -> most == 1)
                .ifPresent(_ -> findings.add(StoreFinding.warning(subject,
                        kv.full(path) + " keeps one version only: people cannot look at what it held before",
                        "set max_versions of the secret to 0, for the default of 10")));
    }

    private Optional<JsonObject> metadata(String path) {
        Answer answer = server.read(settings.mount() + "/metadata/" + path);
        return Optional.of(answer).filter(a -> a.status() == 200).map(Answer::data);
    }
}
