package io.keywane.engine.sim;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.sim.ApiModel.Life;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.StoreView;
import io.keywane.usage.LimiterGroup;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The invariants, checked against the truth of the models: at each effect when it happens, and at each step. */
final class Promises implements StoreModel.Observer, DatabaseModel.Observer {
    private static final long SECOND = 1_000;
    private static final long PROOF = 60 * SECOND;
    private static final long LATE = 10 * SECOND;
    /** What consumers can read is looked at once in so long, at most. */
    private static final long LOOK = 3 * SECOND;

    private final RunPlan plan;
    private final Run run;
    private final List<String> broken = new ArrayList<>();
    private final Set<String> told = new HashSet<>();
    /** Every value that was ever offered to the engine, by its version. */
    final Map<VersionId, KeyMaterial> submitted = new HashMap<>();
    /** Versions of which the engine said that they are in custody. */
    final Map<VersionId, KeyName> acknowledged = new HashMap<>();
    /** Keys whose value in the store a person changed by hand, until it is adopted. */
    final Set<KeyName> foreign = new HashSet<>();
    private final Map<KeyMaterial, Long> lastReadable = new HashMap<>();
    private final Map<VersionId, Long> flaggedAt = new HashMap<>();

    Promises(RunPlan plan, Run run) {
        this.plan = plan;
        this.run = run;
    }

    void breaks(String invariant, String what) {
        if (told.add(invariant + what)) {
            String line = invariant + " at " + run.clock.millis() / 1e3 + " s: " + what;
            broken.add(line);
            run.say("BROKEN " + line);
        }
    }

    List<String> broken() {
        return List.copyOf(broken);
    }

    private long now() {
        return run.clock.millis();
    }

    private Optional<Life> life(VersionId version) {
        return Optional.ofNullable(submitted.get(version)).flatMap(run.api::life);
    }

    @Override
    public void changed(KeyName key, Effect effect, VersionId version, boolean late) {
        run.say(effect + " " + version.brief() + (late ? " (late)" : ""));
        KeyState state = run.database.load(key);
        Optional<KeyVersion> known = state.version(version);
        if (known.isEmpty() && !late) {
            breaks("I16", effect + " of a version that the state does not know");
        }
        if (effect != Effect.STAGE && !late && !run.database.isIntended(key, word(effect), version)) {
            breaks("I16", effect + " without a durable intent");
        }
        Stage stage = known.map(KeyVersion::stage).orElse(Stage.CANDIDATE);
        switch (effect) {
            case PROMOTE -> promoted(key, version, stage, late, known.isEmpty());
            case MARK -> {
                if (!late && stage != Stage.DRAINED) {
                    breaks("I5", "marked in stage " + stage);
                }
            }
            case RELEASE -> {
                boolean revoked = Optional.ofNullable(submitted.get(version)).filter(run.api::isRevoked).isPresent();
                if (!revoked || stage != Stage.REVOKED) {
                    breaks("I3", "released in stage " + stage + ", revoked by a person: " + revoked);
                }
            }
            default -> {
            }
        }
    }

    private static String word(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }

    private void promoted(KeyName key, VersionId version, Stage stage, boolean late, boolean unknown) {
        long age = life(version).map(l -> now() - l.lastSuccess).orElse(Long.MAX_VALUE);
        if (age > PROOF + (late ? LATE : 0)) {
            breaks("I2", "promoted " + age / SECOND + " s after the last success");
        }
        if (!run.store.value(key, version).equals(Optional.ofNullable(submitted.get(version)))) {
            breaks("I2", "promoted another value than was submitted");
        }
        if (foreign.contains(key) && !late) {
            breaks("I10", "promoted over a foreign change");
        }
        // A request under way outlives the state that it was sent for, where an older one is put back meanwhile.
        boolean isOfFormerState = late && unknown;
        if (!isOfFormerState && (stage == Stage.REVOKED || stage == Stage.CANDIDATE)) {
            breaks("I11", "promoted in stage " + stage);
        }
    }

    @Override
    public void published(KeyName key, KeyMaterial material) {
        run.say("PUBLISH");
        boolean first = run.store.published(key).isEmpty();
        long age = run.api.life(material).map(l -> now() - l.lastSuccess).orElse(Long.MAX_VALUE);
        if (!first && age > PROOF) {
            breaks("I2", "published " + age / SECOND + " s after the last success");
        }
        Optional<KeyMaterial> current = run.database.load(key).current().map(v -> submitted.get(v.id()));
        if (!current.equals(Optional.of(material))) {
            breaks("I2", "published another value than that of the current version");
        }
        Optional<VersionId> version = run.database.load(key).current().map(KeyVersion::id);
        if (version.filter(id -> run.database.isIntended(key, "publish", id)).isEmpty()) {
            breaks("I16", "published without a durable intent");
        }
    }

    @Override
    public void committed(KeyState before, KeyState next, List<AuditEntry> audit) {
        boolean moved = !before.rotation().map(Rotation::state).equals(next.rotation().map(Rotation::state));
        if (moved) {
            run.say(next.key() + " rotation " + before.rotation().map(Rotation::state) + " -> "
                    + next.rotation().map(Rotation::state) + " " + next.rotation().map(Rotation::reason));
            requireRotationMove(before, next);
        }
        for (KeyVersion version : next.versions()) {
            Optional<Stage> was = before.version(version.id()).map(KeyVersion::stage);
            if (!was.equals(Optional.of(version.stage()))) {
                moved = true;
                run.say(next.key() + " version " + version.id().brief() + " " + was + " -> " + version.stage() + " "
                        + version.reason());
                was.ifPresent(from -> requireStageMove(from, version));
                entered(next, version);
            }
        }
        if (moved && audit.isEmpty()) {
            breaks("I16", "a change of state without an audit line");
        }
    }

    @Override
    public void refusedSecondRotation(KeyState next) {
        breaks("I9", "a rotation was begun while another one of " + next.key() + " is open");
    }

    private void requireRotationMove(KeyState before, KeyState next) {
        Optional<Rotation> from = before.rotation();
        Rotation to = next.rotation().orElseThrow();
        boolean same = from.filter(r -> r.id().equals(to.id())).isPresent();
        if (same && from.get().state().isTerminal()) {
            breaks("I11", "a rotation that was over went to " + to.state());
        }
        if (to.state() == RotationState.ABORTED) {
            boolean accepted = run.store.current(next.key()).map(k -> run.api.accepts(k) || run.api.isRevoked(k))
                    .orElse(true);
            if (!accepted) {
                breaks("I11", "abort left a current key that the API does not accept");
            }
        }
    }

    private void requireStageMove(Stage from, KeyVersion version) {
        boolean listed = switch (version.stage()) {
            case CANDIDATE -> false;
            case VERIFIED -> from == Stage.CANDIDATE;
            case CURRENT -> from != Stage.REVOKED && from != Stage.CANDIDATE;
            case RETIRING -> from != Stage.REVOKED;
            case DRAINED -> from == Stage.RETIRING || from == Stage.CANDIDATE; // rejected, and waived in one step
            case FLAGGED -> from == Stage.DRAINED;
            case REVOKED -> true; // whoever is put back in its place leaves and is confirmed in one step
        };
        if (!listed) {
            breaks("I11", "a version went from " + from + " to " + version.stage());
        }
    }

    private void entered(KeyState state, KeyVersion version) {
        KeyMaterial material = submitted.get(version.id());
        if (material == null) {
            return;
        }
        switch (version.stage()) {
            case DRAINED -> drained(version, material);
            case FLAGGED -> {
                flaggedAt.put(version.id(), now());
                StoreView view = run.store.truth(state.key());
                boolean isMarked = view.flagged().contains(version.id()) || !view.held().contains(version.id());
                if (!isMarked && run.isSober()) {
                    breaks("I5", "flagged in the state and not in the store");
                }
            }
            case REVOKED -> {
                if (!run.api.isRevoked(material)) {
                    breaks("I13", "taken for revoked, and no person revoked it");
                }
            }
            case CANDIDATE, VERIFIED, CURRENT, RETIRING -> {
            }
        }
    }

    /** The silence must be true, and begin when consumers have had the time to switch. */
    private void drained(KeyVersion version, KeyMaterial material) {
        if (version.waived()) {
            boolean named = run.database.load(run.keyOf(version.id())).rotation()
                    .filter(r -> !r.waivers().isEmpty()).isPresent();
            if (!named && !run.mayWaive()) {
                breaks("I5", "drained by a waiver that nobody gave");
            }
            return;
        }
        Life life = run.api.life(material).orElseThrow();
        long since = now() - lastReadable.getOrDefault(material, Long.MIN_VALUE / 2);
        if (version.served() && since < (plan.delaySeconds() + plan.quietSeconds()) * SECOND - LOOK) {
            breaks("I17", "drained " + since / SECOND + " s after consumers could still read it");
        }
        inTime(version, life, since);
        for (LimiterGroup group : run.groups()) {
            long seen = life.lastValid.getOrDefault(group, Long.MIN_VALUE / 2);
            long from = seen - plan.quietSeconds() * SECOND + 2 * SECOND;
            Deque<Long> uses = life.foreign.get(group);
            if (uses != null && uses.stream().anyMatch(use -> use >= from && use <= seen)) {
                breaks("I5", "drained, and " + group + " was in use within the quiet period");
            }
        }
    }

    /** Where nothing goes wrong, a silent key is found drained in the time that is promised. */
    private void inTime(KeyVersion version, Life life, long since) {
        long silent = Math.min(now() - life.lastUse, since - plan.delaySeconds() * SECOND);
        long promised = plan.quietSeconds() * SECOND + ApiModel.WINDOW.plus(Run.INTERVAL.multipliedBy(2)).toMillis();
        if (plan.isCalm() && version.served() && silent > promised) {
            breaks("L2", "drained after " + silent / SECOND + " s of silence, promised are " + promised / SECOND);
        }
    }

    /** What must hold at every step. */
    void check() {
        for (KeyName key : run.keys()) {
            readable(key);
            custody(key);
            withdrawn(key);
        }
        if (run.api.unjournalled > 0) {
            breaks("I7", "a request was sent that the ledger does not know");
        }
        if (run.api.mostOwn > Run.MOST_OWN || run.api.ownCredits > Run.CREDITS) {
            breaks("I14", "own requests in a window " + run.api.mostOwn + ", credits " + run.api.ownCredits);
        }
    }

    private void readable(KeyName key) {
        StoreView view = run.store.truth(key);
        if (view.current().filter(view.flagged()::contains).isPresent()) {
            breaks("I5", "the served key is marked for revocation");
        }
        Optional<KeyMaterial> read = run.readable(key);
        read.ifPresent(material -> lastReadable.put(material, now()));
        boolean refused = read.filter(k -> !run.api.accepts(k) && !run.api.isRevokedByAPerson(k)).isPresent();
        if (refused && !foreign.contains(key)) {
            breaks("I1", "consumers read a key that the API refuses, and no person revoked it");
        }
    }

    private void custody(KeyName key) {
        StoreView view = run.store.truth(key);
        KeyState state = run.database.load(key);
        for (KeyVersion version : state.versions()) {
            boolean kept = version.stage() != Stage.CANDIDATE && version.stage() != Stage.REVOKED;
            // A state put back from a backup may not know yet that a person revoked it.
            boolean isGone = Optional.ofNullable(submitted.get(version.id())).filter(run.api::isRevoked).isPresent();
            if (kept && !isGone && !view.held().contains(version.id())) {
                breaks("I3", "a key in stage " + version.stage() + " is not in the store");
            }
        }
        acknowledged.forEach((version, owner) -> {
            boolean revoked = Optional.ofNullable(submitted.get(version)).filter(run.api::isRevoked).isPresent();
            if (owner.equals(key) && !revoked && !view.held().contains(version)) {
                breaks("I3", "a key that was taken in is not in the store");
            }
        });
    }

    /** A flag on evidence goes soon after use, while nothing else goes wrong. */
    private void withdrawn(KeyName key) {
        long patience = ApiModel.WINDOW.toMillis() + Run.INTERVAL.toMillis() + 10 * SECOND;
        for (KeyVersion version : run.database.load(key).versions()) {
            KeyMaterial material = submitted.get(version.id());
            if (version.stage() != Stage.FLAGGED || version.waived() || material == null) {
                continue;
            }
            long flagged = flaggedAt.getOrDefault(version.id(), now());
            Optional<Life> life = run.api.life(material);
            boolean late = life.filter(l -> l.lastUse > flagged).stream().flatMap(l -> l.foreign.values().stream())
                    .flatMap(Deque::stream)
                    .anyMatch(use -> use > flagged && use < now() - patience && use > run.lastTrouble());
            if (late) {
                breaks("I6", "a flagged key was used and its flag stands");
            }
        }
    }
}
