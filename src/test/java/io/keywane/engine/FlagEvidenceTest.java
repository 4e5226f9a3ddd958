package io.keywane.engine;

import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceCheck;
import io.keywane.evidence.EvidenceFile;
import io.keywane.evidence.Finding;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.Gate;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What the engine keeps with a flag, checked as a stranger would. */
class FlagEvidenceTest {
    private static final KeyMaterial OLD = TestingWorld.material("0ldKeyOfNobody4711");
    private static final KeyMaterial NEW = TestingWorld.material("n3wKeyOfNobody4711");
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final TestingWorld world = new TestingWorld();

    private void flag() {
        world.runUntil("flagged", PATIENCE, () -> world.stage(OLD) == Stage.FLAGGED);
    }

    private KeptEvidence kept() {
        List<KeptEvidence> all = world.evidence.list(Optional.of(TestingWorld.KEY));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private byte[] file() {
        return world.evidence.file(kept().digest()).orElseThrow();
    }

    private EvidenceBundle bundle() throws Exception {
        return EvidenceFile.read(file());
    }

    private Optional<AuditEntry> line(String action) {
        return world.states.audit.stream().filter(entry -> entry.action().equals(action)).reduce((a, b) -> b);
    }

    @Test
    void flag_ofAQuietKey_restsOnABundleThatHolds() throws Exception {
        world.withKey(OLD).supply(NEW);
        flag();

        assertThat(EvidenceCheck.run(bundle())).allMatch(Finding::good).extracting(Finding::subject)
                .contains("propagation", "quiet", "switch", "wallet", "silence of general", "silence of feed");
        assertThat(kept().proven()).isTrue();
        assertThat(kept().digest()).isEqualTo(EvidenceFile.digest(file()));
        assertThat(line("version.flagged").orElseThrow().details()).containsEntry("evidence", kept().digest());
        assertThat(line("did.evidence").orElseThrow().details()).containsEntry("evidence", kept().digest());
    }

    @Test
    void anyLine_missing_isMissed() throws Exception {
        world.withKey(OLD).supply(NEW);
        flag();
        EvidenceBundle whole = bundle();
        for (int i = 0; i < whole.requests().size(); i++) {
            List<EvidenceBundle.Request> rest = new ArrayList<>(whole.requests());
            rest.remove(i);
            assertThat(EvidenceCheck.run(new EvidenceBundle(whole.claim(), whole.groups(), whole.loads(), rest,
                    whole.samples(), whole.wallet()))).as("request %s", i).anyMatch(finding -> !finding.good());
        }
        for (int i = 0; i < whole.samples().size(); i++) {
            List<EvidenceBundle.Sample> rest = new ArrayList<>(whole.samples());
            rest.remove(i);
            assertThat(EvidenceCheck.run(new EvidenceBundle(whole.claim(), whole.groups(), whole.loads(),
                    whole.requests(), rest, whole.wallet()))).as("sample %s", i).anyMatch(finding -> !finding.good());
        }
    }

    @Test
    void bundle_ofAFlag_holdsNoKey() {
        world.withKey(OLD).supply(NEW);
        flag();
        String text = new String(file(), StandardCharsets.UTF_8);

        for (KeyMaterial key : List.of(OLD, NEW)) {
            String secret = key.exposeString().substring("jbe_live_".length());
            for (int i = 0; i + 8 <= secret.length(); i++) {
                assertThat(text).doesNotContain(secret.substring(i, i + 8));
            }
        }
    }

    @Test
    void flag_whileNoBundleCanBeWritten_waits() {
        world.withKey(OLD).supply(NEW);
        world.evidence.fails = true;
        world.runUntil("drained", PATIENCE, () -> world.stage(OLD) == Stage.DRAINED);
        world.run(Duration.ofMinutes(3));

        assertThat(world.stage(OLD)).isEqualTo(Stage.DRAINED);
        assertThat(world.store.flagged).isEmpty();
        assertThat(line("did.evidence").orElseThrow().details()).containsEntry("outcome", "failed")
                .containsEntry("detail", "the disk is full");
        assertThat(line("try.mark")).isEmpty();
        assertThat(world.engine.report(TestingWorld.KEY).orElseThrow().evidenceFailure()).contains("the disk is full");

        world.evidence.fails = false;
        flag();
        assertThat(world.engine.report(TestingWorld.KEY).orElseThrow().evidenceFailure()).isEmpty();
        assertThat(kept().proven()).isTrue();
    }

    @Test
    void restart_betweenBundleAndMark_goesOnWithTheSameBundle() {
        world.withKey(OLD).supply(NEW);
        world.store.markFails = true;
        world.runUntil("a bundle", PATIENCE, () -> !world.evidence.list(Optional.empty()).isEmpty());
        String first = kept().digest();
        world.restart();
        world.run(Duration.ofMinutes(1));
        assertThat(world.stage(OLD)).isEqualTo(Stage.DRAINED);
        world.store.markFails = false;
        flag();

        assertThat(kept().digest()).isEqualTo(first);
        assertThat(line("version.flagged").orElseThrow().details()).containsEntry("evidence", first);
    }

    @Test
    void restartsOfDaemonAndHost_inTheDrain_leaveABundleThatHolds() throws Exception {
        world.withKey(OLD).supply(NEW);
        world.run(Duration.ofMinutes(3));
        world.restart();
        world.run(Duration.ofMinutes(1));
        world.reboot();
        world.run(Duration.ofSeconds(90));
        world.restart();
        flag();

        assertThat(EvidenceCheck.run(bundle())).allMatch(Finding::good);
    }

    @Test
    void flag_byWaiver_namesWhoAndWhy() throws Exception {
        world.withKey(OLD).supply(NEW);
        world.operate(() -> world.engine.operations().waive(TestingWorld.KEY, Gate.QUIET,
                new Operator("uid:anna", "leaked", Optional.empty())));
        flag();

        assertThat(kept().proven()).isFalse();
        assertThat(EvidenceCheck.run(bundle())).allMatch(Finding::good)
                .anyMatch(finding -> finding.text().contains("waived by uid:anna: leaked"));
    }
}
