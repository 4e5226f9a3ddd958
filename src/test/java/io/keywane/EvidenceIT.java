package io.keywane;

import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.EvidenceExport;
import io.keywane.control.Verb;
import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.evidence.EvidenceCheck;
import io.keywane.evidence.EvidenceException;
import io.keywane.evidence.EvidenceFile;
import io.keywane.evidence.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A whole rotation with a real daemon, killed as it drains; then its evidence is exported and checked by commands as a
 * person would, and falsified in every way that one line or byte allows.
 */
@Execution(ExecutionMode.CONCURRENT)
class EvidenceIT {
    private static final Duration LONG = Duration.ofSeconds(170);
    private static final long SEED = 20_261_124;
    private static final int FLIPS = 2_000;

    @TempDir
    private Path folder;

    @Test
    void rotation_killedAsItDrains_leavesEvidenceThatAStrangerCanCheck() throws Exception {
        try (Rig rig = new Rig(folder)) {
            Process daemon = rig.start();
            Rig.NewKey first = rig.createKey("first");
            Rig.NewKey second = rig.createKey("second");
            rig.importKey(first);
            rig.until("the first key to be published", LONG, () -> Files.exists(rig.published()));
            try (Consumers consumers = new Consumers(3, rig.sandbox().baseUrl(), rig.published())) {
                Thread.sleep(Duration.ofSeconds(12));
                rig.change(Verb.ROTATION_START);
                rig.supplyKey(second);
                rig.until("the drain", LONG, () -> rig.status().gates().stream()
                        .anyMatch(gate -> gate.gate().equals("quiet") && gate.known().contains("silent since")));
                daemon.destroyForcibly().waitFor();
                rig.start();
                rig.untilRotation("flagged", LONG);
                assertThat(consumers.refused()).isZero();
            }
            commands(rig, first, second);
            falsified(rig);
        }
    }

    private void commands(Rig rig, Rig.NewKey first, Rig.NewKey second) throws Exception {
        Path file = folder.resolve("evidence.jsonl");
        assertThat(run(rig, "evidence", "list", Rig.KEY)).isZero();
        assertThat(run(rig, "evidence", "export", Rig.KEY, "--output", file.toString())).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(run(rig, "evidence", "export", Rig.KEY, "--output", file.toString())).isEqualTo(6);
        assertThat(audit(rig)).isZero();
        Path audit = folder.resolve("audit.json");
        assertThat(run(rig, "evidence", "verify", file.toString(), "--audit", audit.toString())).isZero();

        String text = Files.readString(file);
        for (Rig.NewKey key : List.of(first, second)) {
            String secret = key.material().exposeString();
            String hidden = secret.substring(secret.lastIndexOf('_') + 1 + 3);
            for (int i = 0; i + 8 <= hidden.length(); i++) {
                assertThat(text).doesNotContain(hidden.substring(i, i + 8));
            }
        }
        Files.writeString(file, text.replaceFirst("\"remaining\":(\\d)", "\"remaining\":9$1"));
        assertThat(run(rig, "evidence", "verify", file.toString())).isEqualTo(3);
        Files.writeString(audit, Files.readString(audit).replaceFirst("\"evidence\" : \"..", "\"evidence\" : \"zz"));
        Files.writeString(file, text);
        assertThat(run(rig, "evidence", "verify", file.toString(), "--audit", audit.toString())).isEqualTo(3);
    }

    private int run(Rig rig, String... arguments) throws Exception {
        return rig.launch(folder.resolve("commands.log"), arguments).waitFor();
    }

    private int audit(Rig rig) throws Exception {
        return rig.launch(folder.resolve("audit.json"), "audit", "tail", "--lines", "100000", "--output", "json")
                .waitFor();
    }

    private static void falsified(Rig rig) throws Exception {
        byte[] file = rig.client()
                .call(ControlRequest.of(Verb.EVIDENCE_EXPORT).with(Argument.BUNDLE, Rig.KEY))
                .resultAs(EvidenceExport.class).file();
        EvidenceBundle bundle = EvidenceFile.read(file);
        assertThat(EvidenceCheck.run(bundle)).allMatch(Finding::good);
        Random random = new Random(SEED);
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = file.clone();
            int at = random.nextInt(file.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(EvidenceException.class).as("seed %s, flip %s at byte %s", SEED, i, at)
                    .isThrownBy(() -> EvidenceFile.read(flipped));
        }
        int requests = missingRequests(bundle);
        int samples = missingSamples(bundle);
        System.out.printf("evidence of %d bytes: %d random flips found; each of %d requests and %d samples was missed"
                + "%n", file.length, FLIPS, requests, samples);
        assertThat(new String(file, StandardCharsets.UTF_8)).contains("\"type\":\"claim\"");
    }

    private static int missingRequests(EvidenceBundle bundle) {
        for (int i = 0; i < bundle.requests().size(); i++) {
            List<Request> rest = new ArrayList<>(bundle.requests());
            Request gone = rest.remove(i);
            assertThat(holds(new EvidenceBundle(bundle.claim(), bundle.groups(), bundle.loads(), rest, bundle.samples(),
                    bundle.wallet()))).as("without %s", gone).isFalse();
        }
        return bundle.requests().size();
    }

    private static int missingSamples(EvidenceBundle bundle) {
        for (int i = 0; i < bundle.samples().size(); i++) {
            List<Sample> rest = new ArrayList<>(bundle.samples());
            Sample gone = rest.remove(i);
            assertThat(holds(new EvidenceBundle(bundle.claim(), bundle.groups(), bundle.loads(), bundle.requests(),
                    rest, bundle.wallet()))).as("without %s", gone).isFalse();
        }
        return bundle.samples().size();
    }

    /** Written anew with a right digest, as a forger would. */
    private static boolean holds(EvidenceBundle forged) {
        try {
            return EvidenceCheck.run(EvidenceFile.read(EvidenceFile.write(forged))).stream().allMatch(Finding::good);
        } catch (EvidenceException e) {
            throw new AssertionError("what was just written is whole", e);
        }
    }
}
