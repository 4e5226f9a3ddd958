package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Decider.Step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules of the rotation that occupies a key. Each line of {@link #RULES} says what it ensures; the first that speaks wins. */
final class RotationRules {
    /** A promotion rests on a success no older than this (I2). */
    private static final Duration PROOF_LIFETIME = Duration.ofSeconds(60);

    private interface Rule {
        /** Whether it spoke. */
        boolean apply(Step step, Rotation rotation);
    }

    private static final List<Rule> RULES = List.of(
            RotationRules::pausedStays,
            RotationRules::unreadableStoreParks,
            RotationRules::foreignChangeParks,
            RotationRules::endedCauseUnparks,
            RotationRules::rollbackIsAPromotion,
            RotationRules::stateGoesOn);

    private RotationRules() {}

    static void apply(Step step, Supplier<String> newRotationId) {
        Optional<Rotation> open = step.state().openRotation();
        if (open.isEmpty()) {
            ageOpens(step, newRotationId);
            return;
        }
        for (Rule rule : RULES) {
            if (rule.apply(step, open.get())) {
                return;
            }
        }
    }

    private static void ageOpens(Step step, Supplier<String> newRotationId) {
        Optional<KeyVersion> current = step.state().current();
        Optional<Duration> maxAge = step.policy.maxAge();
        if (current.isEmpty() || maxAge.isEmpty()) {
            return;
        }
        // Ages of weeks outlive boots, so they are taken from the wall clock; a jump opens a rotation, which only waits.
        Duration age = Duration.between(current.get().takenIn().wall(), step.now.wall());
        if (age.compareTo(maxAge.get()) >= 0) {
            step.become(step.state().with(Rotation.open(newRotationId.get(), Trigger.AGE, Reason.STARTED_BY_AGE,
                    current.map(KeyVersion::id), step.now)));
        }
    }

    private static boolean pausedStays(Step step, Rotation rotation) {
        if (!rotation.paused()) {
            return false;
        }
        stay(step, rotation, Reason.PAUSED_BY_OPERATOR);
        return true;
    }

    private static boolean unreadableStoreParks(Step step, Rotation rotation) {
        if (step.evidence.store().isPresent()) {
            return false;
        }
        park(step, rotation, Reason.STORE_FAILING);
        return true;
    }

    private static boolean foreignChangeParks(Step step, Rotation rotation) {
        Optional<VersionId> current = step.evidence.store().flatMap(StoreView::current);
        if (expected(rotation).contains(current)) {
            return false;
        }
        park(step, rotation, Reason.FOREIGN_CHANGE);
        return true;
    }

    /** What the store may serve if only we changed it; empty where the key has no first value yet. */
    private static List<Optional<VersionId>> expected(Rotation rotation) {
        return switch (rotation.parkedFrom().orElse(rotation.state())) {
            case AWAITING_KEY, STAGED -> List.of(rotation.oldVersion());
            case VERIFIED -> List.of(rotation.oldVersion(), rotation.newVersion());
            case PROMOTED, DRAINING, FLAGGED, REJECTED, ABORTED, ROLLED_BACK, SUPERSEDED, PARKED -> rotation.rollback()
                    ? List.of(rotation.newVersion(), rotation.oldVersion())
                    : List.of(rotation.newVersion());
        };
    }

    private static boolean endedCauseUnparks(Step step, Rotation rotation) {
        if (rotation.state() != RotationState.PARKED) {
            return false;
        }
        boolean ended = rotation.reason() != Reason.OLD_KEY_NOT_ACCEPTED || !rotation.rollback()
                || step.evidence.of(rotation.oldVersion()).acceptance() == Acceptance.ACCEPTED;
        if (ended) {
            RotationState back = rotation.parkedFrom().orElseThrow();
            step.become(step.state().with(rotation.change().to(back, Reason.RESUMED, step.now).build()));
        }
        return true;
    }

    private static boolean rollbackIsAPromotion(Step step, Rotation rotation) {
        boolean promoted = rotation.state() == RotationState.PROMOTED || rotation.state() == RotationState.DRAINING;
        if (!rotation.rollback() || !promoted) {
            return false;
        }
        VersionId old = rotation.oldVersion().orElseThrow();
        VersionId next = rotation.newVersion().orElseThrow();
        boolean revoked = step.state().version(old).filter(v -> v.stage() == Stage.REVOKED).isPresent();
        if (serves(step, old) && !revoked) {
            KeyState swapped = step.state()
                    .with(next, v -> v.to(Stage.RETIRING, Reason.ROLLED_BACK_BY_OPERATOR, step.now))
                    .with(old, v -> v.to(Stage.CURRENT, Reason.ROLLED_BACK_BY_OPERATOR, step.now));
            step.become(swapped.with(rotation.change()
                    .to(RotationState.ROLLED_BACK, Reason.ROLLED_BACK_BY_OPERATOR, step.now).build()));
            return true;
        }
        Acceptance acceptance = step.evidence.of(old).acceptance();
        if (revoked || acceptance == Acceptance.REFUSED || acceptance == Acceptance.AMBIGUOUS) {
            park(step, rotation, Reason.OLD_KEY_NOT_ACCEPTED);
            return true;
        }
        promoteOnFreshProof(step, rotation, old, Reason.WAITS_FOR_ROLLBACK_PROOF);
        return true;
    }

    private static boolean stateGoesOn(Step step, Rotation rotation) {
        switch (rotation.state()) {
            case AWAITING_KEY -> await(step, rotation);
            case STAGED -> verify(step, rotation);
            case VERIFIED -> promote(step, rotation);
            case PROMOTED -> publish(step, rotation);
            case DRAINING -> drain(step, rotation);
            case FLAGGED, REJECTED, ABORTED, ROLLED_BACK, SUPERSEDED, PARKED -> {
            } // over, or handled by a rule above
        }
        return true;
    }

    /** A key whose custody was begun before a crash goes on if the store turns out to hold it. */
    private static void await(Step step, Rotation rotation) {
        boolean held = rotation.newVersion()
                .filter(id -> step.evidence.store().filter(view -> view.held().contains(id)).isPresent()).isPresent();
        if (!held) {
            stay(step, rotation, Reason.WAITS_FOR_KEY);
            return;
        }
        step.become(
                step.state().with(rotation.change().to(RotationState.STAGED, Reason.KEY_SUPPLIED, step.now).build()));
    }

    private static void verify(Step step, Rotation rotation) {
        VersionId candidate = rotation.newVersion().orElseThrow();
        VersionEvidence known = step.evidence.of(candidate);
        if (isRefusedForGood(step, rotation, known)) {
            reject(step, rotation, candidate, Reason.KEY_REFUSED);
            return;
        }
        boolean proven = known.acceptance() == Acceptance.ACCEPTED
                && known.lastSuccess().filter(success -> success.isNotBefore(rotation.since(), step.now)).isPresent();
        if (!proven || !step.evidence.parity().isMade()) {
            step.act(new Action.Probe(candidate));
            stay(step, rotation, Reason.WAITS_FOR_PROOF);
            return;
        }
        if (!step.evidence.parity().differences().isEmpty()) {
            reject(step, rotation, candidate, Reason.KEY_DIFFERS);
            return;
        }
        KeyState verified = step.state().with(candidate, v -> v.to(Stage.VERIFIED, Reason.KEY_ACCEPTED, step.now));
        step.become(verified.with(rotation.change().to(RotationState.VERIFIED, Reason.KEY_ACCEPTED, step.now).build()));
    }

    private static void promote(Step step, Rotation rotation) {
        VersionId candidate = rotation.newVersion().orElseThrow();
        if (serves(step, candidate)) {
            adoptPromotion(step, rotation, candidate);
            return;
        }
        if (step.evidence.of(candidate).acceptance() == Acceptance.REFUSED) {
            reject(step, rotation, candidate, Reason.KEY_REFUSED);
            return;
        }
        if (step.policy.approvalRequired() && rotation.approvedBy().isEmpty()) {
            stay(step, rotation, Reason.WAITS_FOR_APPROVAL);
            return;
        }
        if (step.evidence.calibrating()) {
            stay(step, rotation, Reason.WAITS_FOR_CALIBRATION);
            return;
        }
        promoteOnFreshProof(step, rotation, candidate, Reason.WAITS_FOR_PROOF);
    }

    private static void adoptPromotion(Step step, Rotation rotation, VersionId candidate) {
        KeyState state = step.state();
        if (rotation.oldVersion().isPresent()) {
            state = state.with(rotation.oldVersion().get(),
                    v -> v.to(Stage.RETIRING, Reason.PROMOTION_READ_BACK, step.now));
        }
        state = state.with(candidate, v -> v.to(Stage.CURRENT, Reason.PROMOTION_READ_BACK, step.now));
        step.become(state.with(rotation.change().promoted(step.now)
                .to(RotationState.PROMOTED, Reason.PROMOTION_READ_BACK, step.now).build()));
    }

    private static void promoteOnFreshProof(Step step, Rotation rotation, VersionId version, Reason waiting) {
        Optional<Moment> success = step.evidence.of(version).lastSuccess();
        boolean fresh = step.evidence.of(version).acceptance() == Acceptance.ACCEPTED
                && success.flatMap(step.now::elapsedSince).filter(age -> age.compareTo(PROOF_LIFETIME) < 0)
                        .isPresent();
        if (fresh) {
            step.act(new Action.Promote(version, step.evidence.store().orElseThrow().revision()));
            return;
        }
        step.act(new Action.Probe(version));
        stay(step, rotation, waiting);
    }

    private static void publish(Step step, Rotation rotation) {
        Publication publication = step.evidence.publication();
        if (publication == Publication.MATCHES || publication == Publication.NOT_CONFIGURED) {
            step.become(step.state().with(rotation.change().published(step.now)
                    .to(RotationState.DRAINING, Reason.PUBLISHED, step.now).build()));
            return;
        }
        stay(step, rotation, Reason.WAITS_FOR_PUBLICATION);
    }

    private static void drain(Step step, Rotation rotation) {
        Optional<KeyVersion> old = rotation.oldVersion().flatMap(step.state()::version);
        if (old.isEmpty()) {
            finish(step, rotation, Reason.NOTHING_TO_DRAIN);
            return;
        }
        switch (old.get().stage()) {
            case FLAGGED -> finish(step, rotation, old.get().waived() ? Reason.DRAIN_WAIVED : Reason.DRAIN_PROVEN);
            case REVOKED -> finish(step, rotation, Reason.REVOCATION_CONFIRMED);
            case DRAINED -> stay(step, rotation, old.get().waived() ? Reason.DRAIN_WAIVED : Reason.DRAIN_PROVEN);
            case CANDIDATE, VERIFIED, CURRENT, RETIRING -> stay(step, rotation, missing(step, old.get()));
        }
    }

    private static Reason missing(Step step, KeyVersion old) {
        return Gates.assess(step.state(), old, step.evidence.of(old.id()), step.policy, step.now).stream()
                .filter(gate -> !gate.isOpen()).findFirst().map(gate -> switch (gate.gate()) {
                    case PROPAGATION -> Reason.WAITS_FOR_PROPAGATION;
                    case QUIET -> Reason.WAITS_FOR_SILENCE;
                    case SWITCH -> Reason.WAITS_FOR_SWITCH;
                    case WALLET -> Reason.WAITS_FOR_WALLET;
                }).orElse(Reason.DRAIN_PROVEN);
    }

    private static void finish(Step step, Rotation rotation, Reason reason) {
        step.become(step.state().with(rotation.change().to(RotationState.FLAGGED, reason, step.now).build()));
    }

    private static void reject(Step step, Rotation rotation, VersionId candidate, Reason reason) {
        KeyState leaving = step.state().with(candidate, v -> v.to(Stage.RETIRING, reason, step.now));
        step.become(leaving.with(rotation.change().to(RotationState.REJECTED, reason, step.now).build()));
    }

    /** A vendor may accept a new key with a delay, so a refusal is final only when patience has run out. */
    private static boolean isRefusedForGood(Step step, Rotation rotation, VersionEvidence known) {
        return known.acceptance() == Acceptance.REFUSED
                && step.now.isAtLeastAfter(rotation.since(), step.policy.verifyPatience());
    }

    private static boolean serves(Step step, VersionId version) {
        return step.evidence.store().flatMap(StoreView::current).equals(Optional.of(version));
    }

    private static void park(Step step, Rotation rotation, Reason reason) {
        if (rotation.state() == RotationState.PARKED) {
            stay(step, rotation, reason);
            return;
        }
        step.become(step.state().with(rotation.change().to(RotationState.PARKED, reason, step.now).build()));
    }

    private static void stay(Step step, Rotation rotation, Reason reason) {
        if (rotation.reason() != reason) {
            step.become(step.state().with(rotation.change().because(reason).build()));
        }
    }
}
