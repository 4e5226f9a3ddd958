package io.keywane.config;

import io.keywane.engine.Settings;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ReloadCheckTest {
    private static final String RUNNING = """
            organisations: {acme: {}}
            keys:
              search: {organisation: acme, owner: team-search}
              reports: {organisation: acme, owner: team-reports}
            storage: {key_encryption_key: {file: /etc/keywane/kek}}
            """;
    private static final KeyName REPORTS = new KeyName("reports");
    @TempDir
    private Path folder;
    private Settings running;

    @BeforeEach
    void loadRunning() throws Exception {
        running = load(RUNNING);
    }

    @Test
    void refusals_sameSettings_areNone() {
        assertThat(ReloadCheck.refusals(running, running, Set.of(REPORTS), Set.of(REPORTS))).isEmpty();
    }

    @Test
    void refusals_changesThatNeedNoRestart_areNone() throws Exception {
        Settings next = load(
                RUNNING.replace("search: {", "jobs: {organisation: acme, owner: team-jobs}\n  search: {") + """
                        rotation: {quiet_period: 1h}
                        alerts: {saturation: 0.5}
                        service: {operators: [ops], log: {level: debug}}
                        """);
        assertThat(ReloadCheck.refusals(running, next, Set.of(REPORTS), Set.of(REPORTS))).isEmpty();
    }

    @Test
    void refusals_changesThatClaimsRestOn_needARestart() throws Exception {
        Settings next = load(RUNNING + """
                probing: {interval: 30s}
                provider: {control: GET /other}
                """);
        assertThat(ReloadCheck.refusals(running, next, Set.of(), Set.of())).hasSize(2)
                .allSatisfy(refusal -> assertThat(refusal).endsWith("this takes effect by a restart only"))
                .satisfiesExactly(refusal -> assertThat(refusal).startsWith("provider changes"),
                        refusal -> assertThat(refusal).startsWith("probing changes"));
    }

    @Test
    void refusals_keyWithOpenRotationRemoved_saysWhatToType() throws Exception {
        Settings next = load(RUNNING.replaceAll("(?m)^  reports.*\n", ""));
        assertThat(ReloadCheck.refusals(running, next, Set.of(), Set.of())).isEmpty();
        assertThat(ReloadCheck.refusals(running, next, Set.of(REPORTS), Set.of(REPORTS)))
                .containsExactly("keys.reports is removed while its rotation is open: finish it, or abort it with"
                        + " \"keywane rotation abort reports\", then remove the key");
    }

    @Test
    void refusals_keyWithAVersionThatLeavesRemoved_saysWhatToType() throws Exception {
        Settings next = load(RUNNING.replaceAll("(?m)^  reports.*\n", ""));
        assertThat(ReloadCheck.refusals(running, next, Set.of(), Set.of(REPORTS)))
                .containsExactly(
                        "keys.reports is removed while a former version of it is not revoked, which nobody would"
                                + " watch any more: revoke it in the dashboard, say so with"
                                + " \"keywane rotation confirm-revoked reports\", then remove the key");
        assertThat(ReloadCheck.refusals(running, running, Set.of(), Set.of(REPORTS))).isEmpty();
    }

    @Test
    void refusals_baseUrlChanged_saysThatKeysWouldGoElsewhere() throws Exception {
        Settings next = load(RUNNING + "provider: {base_url: https://api.example, key_header: X-Other}\n");
        assertThat(ReloadCheck.refusals(running, next, Set.of(), Set.of())).containsExactly(
                "provider.base_url changes from https://connect.jobo.world to https://api.example: every key would be"
                        + " sent to the new address; if that is meant, restart the daemon",
                "provider.key_header changes from X-Api-Key to X-Other: every key would be sent under the new name;"
                        + " if that is meant, restart the daemon");
    }

    @Test
    void refusals_placesChanged_nameEachOfThem() throws Exception {
        Settings next = load("""
                organisations: {acme: {}}
                keys:
                  search: {organisation: acme, owner: team-search}
                  reports: {organisation: acme, owner: team-reports}
                storage: {key_encryption_key: {file: /k}, keys: /a, database: /b, publish: /c, retention: 10d}
                service: {http: 127.0.0.1:1, socket: /d}
                """);
        List<String> refusals = ReloadCheck.refusals(running, next, Set.of(), Set.of());
        assertThat(refusals).hasSize(6).allMatch(refusal -> refusal.endsWith("this takes effect by a restart only"));
        assertThat(refusals).extracting(refusal -> refusal.substring(0, refusal.indexOf(' '))).containsExactly(
                "storage.keys", "storage.key_encryption_key", "storage.database", "storage.publish", "service.http",
                "service.socket");
    }

    private Settings load(String yaml) throws ConfigException, IOException {
        return new ConfigLoader(Map.of()).load(Files.writeString(folder.resolve("keywane.yaml"), yaml));
    }
}
