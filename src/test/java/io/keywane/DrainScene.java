package io.keywane;

import io.keywane.control.Argument;
import io.keywane.control.CalibrationStatus;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.EvidenceExport;
import io.keywane.control.GateStatus;
import io.keywane.control.GroupEvidence;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.Verb;
import io.keywane.control.VersionSummary;
import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceCheck;
import io.keywane.evidence.EvidenceException;
import io.keywane.evidence.EvidenceFile;
import io.keywane.evidence.Finding;
import io.keywane.key.Stage;
import io.keywane.sandbox.RequestFilter;
import io.keywane.sandbox.RequestRecord;
import io.keywane.sandbox.Sandbox;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One drain from end to end: a sandbox, a daemon, programs that use the old key and then the new one; and beside it what
 * really happened, from the sandbox's record. All that the daemon claims meanwhile is kept and held against that.
 */
final class DrainScene implements AutoCloseable {
    static final Duration QUIET = Duration.ofSeconds(25);
    /** Use before a claim's begin or after its end, so close that two clocks cannot order them. */
    private static final Duration EDGE = Duration.ofMillis(100);
    private static final Duration BASELINE = Duration.ofSeconds(12);
    /** By then a silence that can be proven is: quiet period, a window of 20 s, probes, and a slow machine. */
    static final Duration PROVABLE = Duration.ofSeconds(60);
    /** After that a scenario fails instead of going on. */
    private static final Duration LONGEST = Duration.ofSeconds(200);
    private static final String BOTH = "/api/connectors/filters,/api/jobs/expired?limit=1";
    private static final Semaphore STARTS = new Semaphore(3);

    private final String name;
    private final Rig rig;
    private final long began = System.nanoTime();
    private final Duration ahead;
    private final List<KeyUser> users = new ArrayList<>();
    private final ConcurrentLinkedQueue<Claim> claims = new ConcurrentLinkedQueue<>();
    private final Set<String> words = new ConcurrentSkipListSet<>();
    private final Rig.NewKey old;
    private final Rig.NewKey next;
    private final Thread observer;
    private volatile @Nullable RotationStatus latest;
    private volatile boolean ended;
    private Duration longest = LONGEST;

    /** A scenario's name and folder. */
    record Place(String name, Path folder) {}

    /** That a group of the old key was silent, as the daemon said. */
    private record Claim(String group, Instant from, Instant to) {}

    /** Starts the daemon with its first key, and two programs that read what is published. */
    DrainScene(Place place, RigSetup setup, InetAddress consumersFrom) throws Exception {
        name = place.name();
        Files.createDirectory(place.folder());
        ahead = Duration.between(Instant.now(), setup.clock().instant());
        rig = new Rig(place.folder(), setup);
        STARTS.acquire();
        try {
            rig.startHere();
        } finally {
            STARTS.release();
        }
        old = rig.createKey("old");
        next = rig.createKey("next");
        rig.importKey(old);
        rig.until("the first key to be published", LONGEST, () -> Files.exists(rig.published()));
        for (int i = 0; i < 2; i++) {
            users.add(new KeyUser(sandbox().baseUrl(), "follower-" + i, consumersFrom,
                    KeyUser.published(rig.published(), Duration.ofSeconds(1 + 2L * i)), List.of(BOTH.split(",")))
                    .steadily(Duration.ofMillis(400)));
        }
        observer = Thread.ofVirtual().start(this::observe);
    }

    /** Allows the scenario more time. */
    DrainScene patient(Duration patience) {
        longest = patience;
        return this;
    }

    /** What the daemon knows of the windows, and how their calibration went. */
    CalibrationStatus calibration() {
        return rig.client().call(ControlRequest.of(Verb.CALIBRATION, Rig.KEY)).resultAs(CalibrationStatus.class);
    }

    Sandbox sandbox() {
        return rig.sandbox();
    }

    String organisation() {
        return rig.organisation();
    }

    /** After a time of use on the old key: rotates, and returns once it drains. */
    DrainScene rotate() throws Exception {
        pass(BASELINE);
        rig.change(Verb.ROTATION_START);
        rig.supplyKey(next);
        until("it drains", status -> status.rotation().filter(r -> r.state().equals("draining")).isPresent());
        return this;
    }

    /** Loses all that was counted against the old key. */
    void wipeCounters() {
        sandbox().wipeCounters(old.id());
    }

    /** A program that holds on to the old key. */
    KeyUser holder(String name, String... paths) {
        KeyUser user = new KeyUser(sandbox().baseUrl(), name, InetAddress.getLoopbackAddress(),
                () -> old.material().exposeString(), List.of(paths));
        users.add(user);
        return user;
    }

    void pass(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    /** Waits until the daemon gives that word, as a verdict, its reason or an obstacle, for a group of the old key. */
    void untilSaid(String word) throws InterruptedException {
        until("'" + word + "' is said", _ -> isSaid(word));
    }

    boolean isSaid(String word) {
        return words.contains(word);
    }

    /** Waits for the flag, which must rest on evidence alone, and must not have come too soon. */
    Instant untilProven() throws InterruptedException {
        until("the flag", status -> flag(status).isPresent());
        Instant flagged = flag(status()).orElseThrow();
        assertThat(oldVersion().waived()).as("a flag on evidence").isFalse();
        assertThat(flagged).as("the flag, given the last use").isAfter(lastUse(flagged).plus(QUIET));
        assertEvidenceHolds();
        System.out.printf(Locale.ROOT, "%s: flagged %.1f s after the last use%n", name,
                Duration.between(lastUse(flagged), flagged).toMillis() / 1e3);
        return flagged;
    }

    /** What the flag rests on is what a stranger's check finds, by the file and by what the audit says of it. */
    private void assertEvidenceHolds() {
        EvidenceExport export = rig.client()
                .call(ControlRequest.of(Verb.EVIDENCE_EXPORT).with(Argument.BUNDLE, Rig.KEY))
                .resultAs(EvidenceExport.class);
        try {
            EvidenceBundle bundle = EvidenceFile.read(export.file());
            assertThat(EvidenceCheck.run(bundle)).as("evidence of %s", name).allMatch(Finding::good);
            assertThat(bundle.claim().basis()).isEqualTo(EvidenceBundle.Basis.PROVEN);
        } catch (EvidenceException e) {
            throw new AssertionError("the bundle is damaged", e);
        }
    }

    /** For as long as a proof would take, none comes, and the gate says why; then a person's word is enough. */
    void cannotTell(String gate, String known) throws InterruptedException {
        pass(PROVABLE);
        assertThat(flag(status())).as("a flag without a proof").isEmpty();
        assertThat(gate(gate).met()).as("the gate " + gate).isFalse();
        assertThat(gate(gate).known()).contains(known);
        status().gates().stream().filter(g -> !g.met()).forEach(g -> rig.waive(g.gate()));
        until("the waived flag", status -> flag(status).isPresent());
        assertThat(oldVersion().waived()).as("a flag on a waiver").isTrue();
    }

    void assertNotFlagged() {
        assertThat(flag(status())).isEmpty();
    }

    /** Waits until a flag that was given is withdrawn. */
    void untilWithdrawn() throws InterruptedException {
        until("the flag to be withdrawn", _ -> oldVersion().stage() == Stage.RETIRING);
        assertThat(oldVersion().reason()).isEqualTo("used_after_flag");
    }

    GateStatus gate(String word) {
        return status().gates().stream().filter(g -> g.gate().equals(word)).findFirst().orElseThrow();
    }

    /** What the daemon says of one group of the old key. */
    String verdict(String group) {
        return evidence(status()).stream().filter(e -> e.group().equals(group)).findFirst().orElseThrow().verdict();
    }

    /** Of all silence that the daemon claimed, none had a counted request of others in it. */
    void assertClaimsTrue(Duration slack) {
        List<RequestRecord> foreign = foreign();
        assertThat(claims).as("claims").allSatisfy(claim -> assertThat(foreign)
                .filteredOn(use -> use.group().equals(claim.group())).noneSatisfy(use -> assertThat(real(use))
                        .isStrictlyBetween(claim.from().plus(EDGE), claim.to().minus(EDGE).minus(slack))));
    }

    /** Every verdict and reason that the daemon gave of the old key while it drained. */
    Set<String> said() {
        return Set.copyOf(words);
    }

    boolean claimedSilence() {
        return !claims.isEmpty();
    }

    /** Refusals of others' use of the old key since its last use that was counted. */
    long refusedSinceLastUse() {
        Instant last = lastUse(Instant.MAX);
        return requests().stream().filter(r -> r.status() == 402 && real(r).isAfter(last)).count();
    }

    /** When others last used the old key before that, by the sandbox's record and this host's clock. */
    Instant lastUse(Instant before) {
        return foreign().stream().map(this::real).filter(at -> at.isBefore(before)).max(Instant::compareTo)
                .orElseThrow();
    }

    private Instant real(RequestRecord use) {
        return use.at().minus(ahead);
    }

    private List<RequestRecord> foreign() {
        return requests().stream().filter(RequestRecord::counted).toList();
    }

    private List<RequestRecord> requests() {
        return sandbox().requests(RequestFilter.ALL.withKeyId(old.id()).withLimit(100_000)).requests().stream()
                .filter(r -> !r.consumer().equals("keywane")).toList();
    }

    private void observe() {
        while (!ended) {
            try {
                RotationStatus status = rig.status();
                latest = status;
                evidence(status).forEach(this::note);
                status.probing().stream().filter(p -> isOld(status, p.versionBrief()))
                        .forEach(p -> p.obstacle().ifPresent(words::add));
                Thread.sleep(500);
            } catch (ControlException _) {
                // The daemon is asked again.
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void note(GroupEvidence said) {
        words.add(said.verdict());
        words.add(said.why());
        said.silentSince().ifPresent(since -> claims
                .add(new Claim(said.group(), since, since.plus(said.silentFor().orElse(Duration.ZERO)))));
    }

    private static List<GroupEvidence> evidence(RotationStatus status) {
        return status.evidence().stream().filter(e -> isOld(status, e.versionBrief())).toList();
    }

    private static boolean isOld(RotationStatus status, String brief) {
        return status.rotation().flatMap(RotationSummary::oldVersion).map(VersionSummary::brief)
                .equals(Optional.of(brief));
    }

    private static Optional<Instant> flag(RotationStatus status) {
        return status.rotation().filter(r -> r.state().equals("flagged")).map(RotationSummary::since);
    }

    private VersionSummary oldVersion() {
        return status().rotation().flatMap(RotationSummary::oldVersion).orElseThrow();
    }

    private RotationStatus status() {
        RotationStatus present = latest;
        if (present == null) {
            throw new IllegalStateException("the daemon was not asked yet");
        }
        return present;
    }

    private void until(String what, Predicate<RotationStatus> condition) throws InterruptedException {
        while (latest == null || !condition.test(status())) {
            if (System.nanoTime() - began > longest.toNanos()) {
                throw new AssertionError("waited in vain until: " + what + "; said so far: " + words + "; gates: "
                        + (latest == null ? "" : new LinkedHashSet<>(status().gates())) + "; evidence: "
                        + (latest == null ? "" : evidence(status())));
            }
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws IOException {
        System.out.printf(Locale.ROOT, "%s: over after %d s%n", name, (System.nanoTime() - began) / 1_000_000_000);
        ended = true;
        observer.interrupt();
        users.forEach(KeyUser::close);
        rig.close();
    }
}
