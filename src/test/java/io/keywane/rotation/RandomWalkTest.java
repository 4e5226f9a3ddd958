package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Decisions and operators' moves in any order, on any evidence: what must never happen does not. */
class RandomWalkTest {
    private static final int WALKS = 3_000;
    private static final int STEPS = 120;

    private final Map<RotationState, Integer> reached = new EnumMap<>(RotationState.class);
    private final Set<String> walked = new HashSet<>();
    private final Set<String> walkedByVersions = new HashSet<>();
    private final Map<Stage, Integer> stages = new EnumMap<>(Stage.class);

    @Test
    void decisions_onAnyEvidence_keepTheInvariants() {
        for (int seed = 0; seed < WALKS; seed++) {
            walk(seed);
        }
        // The walk proves something only if it comes everywhere.
        assertThat(reached.keySet()).containsExactlyInAnyOrder(RotationState.values());
        assertThat(Transitions.ROTATION.stream().map(edge -> edge.from() + " to " + edge.to()))
                .as("every edge of rotations is walked").filteredOn(edge -> !walked.contains(edge)).isEmpty();
        assertThat(Transitions.VERSIONS.stream().map(edge -> edge.from() + " to " + edge.to()))
                .as("every edge of versions is walked").filteredOn(edge -> !walkedByVersions.contains(edge)).isEmpty();
        assertThat(stages.keySet()).containsExactlyInAnyOrder(Stage.values());
    }

    private void walk(int seed) {
        Random random = new Random(seed);
        KeyScene scene = random.nextInt(4) == 0 ? KeyScene.empty() : new KeyScene();
        int[] ids = {10};
        for (int i = 0; i < STEPS; i++) {
            evidence(random, scene);
            people(random, scene, ids);
            if (random.nextInt(4) == 0) {
                KeyState moved = scene.state;
                operator(random, scene, ids);
                note(moved, scene.state);
            }
            KeyState before = scene.state;
            Decision decision = scene.decide();
            for (Action action : decision.actions()) {
                check(seed, scene, before, action);
            }
            scene.state = decision.next();
            note(before, scene.state);
            check(seed, before, scene);
            if (!decision.actions().isEmpty() && random.nextInt(3) > 0) {
                decision.actions().forEach(action -> perform(scene, action));
            }
            scene.state.rotation().ifPresent(r -> reached.merge(r.state(), 1, Integer::sum));
            scene.state.versions().forEach(v -> stages.merge(v.stage(), 1, Integer::sum));
        }
    }

    private void note(KeyState before, KeyState after) {
        before.rotation().ifPresent(was -> after.rotation().filter(is -> is.id().equals(was.id()))
                .ifPresent(is -> walked.add(was.state() + " to " + is.state())));
        before.versions().forEach(was -> walkedByVersions.add(
                was.stage() + " to " + after.version(was.id()).orElseThrow().stage()));
    }

    /** Others put a key into the store, known or not. */
    private static void people(Random random, KeyScene scene, int[] ids) {
        if (random.nextInt(60) > 0 || scene.held.isEmpty()) {
            return;
        }
        List<VersionId> held = scene.held.stream().sorted(Comparator.comparing(VersionId::value)).toList();
        VersionId put = random.nextBoolean() ? held.get(random.nextInt(held.size())) : KeyScene.id(ids[0]++);
        scene.held.add(put);
        scene.served = Optional.of(put);
    }

    private static <E extends Enum<E>> E anyOf(Random random, Class<E> type) {
        List<E> all = List.copyOf(EnumSet.allOf(type));
        return all.get(random.nextInt(all.size()));
    }

    private static void evidence(Random random, KeyScene scene) {
        scene.after(random.nextInt(8) == 0 ? random.nextInt(4_000) : random.nextInt(40));
        if (random.nextInt(40) == 0) {
            scene.reboot(Duration.ofSeconds(random.nextInt(3_000)));
        }
        scene.storeReadable = random.nextInt(12) > 0;
        scene.evidenceIsKept = random.nextInt(3) > 0;
        scene.publication = anyOf(random, Publication.class);
        scene.parity = List.of(new Parity(List.of(), List.of()), new Parity(List.of(), List.of("x")),
                Parity.NOT_COMPARED, new Parity(List.of("y"), List.of())).get(Math.min(3, random.nextInt(8) / 2));
        for (KeyVersion version : scene.state.versions()) {
            VersionId id = version.id();
            switch (random.nextInt(6)) {
                case 0, 1 -> scene.accept(id);
                case 2 -> scene.attitude(id, anyOf(random, Acceptance.class));
                case 3 -> scene.quiet(id);
                case 4 -> scene.groups(id, scene.silent(KeyScene.GENERAL, Duration.ofMinutes(random.nextInt(60))),
                        scene.seen(KeyScene.FEED, anyOf(random, Verdict.class)));
                default -> {
                    if (random.nextInt(6) == 0) {
                        scene.used(id);
                    }
                }
            }
        }
    }

    private void operator(Random random, KeyScene scene, int[] ids) {
        KeyState state = scene.state;
        try {
            scene.state = switch (random.nextInt(11)) {
                case 9 -> OperatorMoves.start(OperatorMoves.superseded(state, scene.now), "urgent-" + ids[0]++,
                        Trigger.EMERGENCY, scene.now);
                case 10 -> adopt(scene, "adopted-" + ids[0]++);
                case 0 -> scene.start().state;
                case 1, 2 -> {
                    VersionId id = KeyScene.id(ids[0]++);
                    KeyState supplied = OperatorMoves.supply(state, scene.candidate(id));
                    if (random.nextInt(4) > 0) {
                        scene.held.add(id);
                    }
                    yield supplied;
                }
                case 3 -> OperatorMoves.approve(state, "uid:anna");
                case 4 -> OperatorMoves.pause(state);
                case 5 -> OperatorMoves.resume(state);
                case 6 -> random.nextInt(4) == 0 ? OperatorMoves.abort(state, scene.served, scene.now) : state;
                case 7 -> random.nextInt(3) == 0 ? OperatorMoves.rollback(state, "back-" + ids[0]++, scene.now) : state;
                default -> OperatorMoves.waive(state, new Waiver(anyOf(random, Gate.class), "uid:anna", "why",
                        scene.now.wall()));
            };
        } catch (RefusedException e) {
            assertThat(e.hint()).isNotBlank();
        }
    }

    private KeyState adopt(KeyScene scene, String id) {
        if (scene.served.isEmpty()) {
            return scene.state;
        }
        KeyState known = scene.state;
        for (VersionId held : scene.held) {
            if (!scene.served.equals(Optional.of(held))) {
                known = OperatorMoves.remember(known, scene.candidate(held), scene.now);
            }
        }
        KeyState cleared = OperatorMoves.cleared(known, scene.served.get(), scene.now);
        note(known, cleared);
        return OperatorMoves.adopt(cleared, id, scene.candidate(scene.served.get()), scene.now);
    }

    private static void check(int seed, KeyScene scene, KeyState before, Action action) {
        VersionEvidence known = scene.of(action.version());
        switch (action) {
            case Action.Promote promote -> {
                assertThat(known.acceptance()).as("seed %d, %s", seed, promote).isEqualTo(Acceptance.ACCEPTED);
                assertThat(known.lastSuccess().flatMap(s -> scene.now.elapsedSince(s)).orElseThrow())
                        .as("seed %d, %s", seed, promote).isLessThan(Duration.ofSeconds(60));
                boolean putBackInStore = before.openRotation().filter(Rotation::rollback)
                        .filter(r -> r.trigger() == Trigger.ADOPTION).isPresent();
                Stage stage = before.version(promote.version()).orElseThrow().stage();
                assertThat((putBackInStore && stage == Stage.CURRENT) || stage == Stage.VERIFIED || stage.isLeaving())
                        .as("seed %d promotes a version in %s", seed, stage).isTrue();
            }
            case Action.Release release -> assertThat(before.version(release.version()).orElseThrow().stage())
                    .as("seed %d, %s", seed, release).isEqualTo(Stage.REVOKED);
            case Action.Mark mark when mark.flagged() && !scene.evidenceIsKept -> throw new AssertionError(
                    "seed " + seed + " marks without evidence: " + mark);
            case Action.Mark mark -> assertThat(mark.flagged() && scene.served.equals(Optional.of(mark.version())))
                    .as("seed %d, marks what is served: %s", seed, mark).isFalse();
            case Action.Probe probe -> assertThat(before.version(probe.version()).orElseThrow().stage())
                    .as("seed %d, %s", seed, probe).isNotEqualTo(Stage.REVOKED);
            case Action.KeepEvidence keep -> assertThat(before.version(keep.version()).orElseThrow().stage())
                    .as("seed %d, %s", seed, keep).isEqualTo(Stage.DRAINED);
            case Action.Publish publish -> assertThat(scene.served).as("seed %d", seed).contains(publish.version());
        }
    }

    private static void check(int seed, KeyState before, KeyScene scene) {
        for (KeyVersion version : before.versions()) {
            Stage now = scene.stage(version.id());
            // The rotation's rules and those of leaving versions may each move a version in one step.
            boolean legal = now == version.stage() || version.stage().successors().contains(now)
                    || version.stage().successors().stream().anyMatch(s -> s.successors().contains(now));
            assertThat(legal).as("seed %d: %s to %s", seed, version.stage(), now).isTrue();
        }
        assertThat(scene.state.versions()).as("seed %d forgets a version", seed)
                .hasSizeGreaterThanOrEqualTo(before.versions().size());
        boolean hadCurrent = before.current().isPresent();
        assertThat(!hadCurrent || scene.state.current().isPresent()).as("seed %d loses its current key", seed).isTrue();
        for (KeyVersion version : scene.state.versions()) {
            if (version.stage() == Stage.DRAINED && !version.waived()) {
                assertThat(version.evidence()).as("seed %d", seed).hasSize(4).allMatch(GateReport::met);
            }
        }
    }

    /** The world does what was asked, as a store would. */
    private static void perform(KeyScene scene, Action action) {
        switch (action) {
            case Action.Promote promote -> scene.served = Optional.of(promote.version());
            case Action.Mark mark -> {
                if (mark.flagged()) {
                    scene.flagged.add(mark.version());
                } else {
                    scene.flagged.remove(mark.version());
                }
            }
            case Action.Release release -> {
                scene.held.remove(release.version());
                scene.flagged.remove(release.version());
            }
            case Action.KeepEvidence keep -> scene.evidenceIsKept = true;
            case Action.Publish publish -> scene.publication = Publication.MATCHES;
            case Action.Probe probe -> scene.accept(probe.version());
        }
    }

    @Test
    void moments_ofSeveralBoots_areInOrder() {
        Moment first = new Moment("boot-1", Duration.ofDays(9), Instant.EPOCH.plusSeconds(900));
        Moment second = new Moment("boot-2", Duration.ofSeconds(1), Instant.EPOCH);
        Moment now = new Moment("boot-2", Duration.ofSeconds(5), Instant.EPOCH);

        assertThat(second.isNotBefore(first, now)).as("whatever the wall clock says").isTrue();
        assertThat(first.isNotBefore(second, now)).isFalse();
        assertThat(second.isNotBefore(second, now)).isTrue();
    }
}
