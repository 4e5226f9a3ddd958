package io.keywane.rotation;

import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Decider.Step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The rules of the rotation that occupies a key. Each line of {@link #RULES} says what it ensures; the first that speaks wins. */
final class RotationRules {
    private interface Rule {
        /** Whether it spoke. */
        boolean apply(Step step, Rotation rotation);
    }

    private static final List<Rule> RULES = List.of(
            RotationRules::pausedStays,
            RotationRules::unreadableStoreParks,
            RotationRules::olderStateParks,
            RotationRules::foreignChangeParks,
            RotationRules::wrongKeyRevokedTurnsBack,
            RotationRules::endedCauseUnparks,
            RotationRules::rollbackIsAPromotion,
            RotationSteps::goOn);

    private RotationRules() {}

    static void apply(Step step, Supplier<String> newRotationId) {
        Optional<Rotation> open = step.state().openRotation();
        if (open.isEmpty()) {
            openAnother(step, newRotationId);
            return;
        }
        for (Rule rule : RULES) {
            if (rule.apply(step, open.get())) {
                return;
            }
        }
    }

    private static void openAnother(Step step, Supplier<String> newRotationId) {
        Optional<KeyVersion> current = step.state().current();
        if (current.isEmpty() || step.isStateBehind()) {
            return;
        }
        Optional<VersionId> former = formerToPutBack(step, current.get());
        if (former.isPresent()) {
            Rotation back = Rotation.open(newRotationId.get(), Trigger.ROLLBACK, Reason.WRONG_KEY_REVOKED,
                    current.map(KeyVersion::id), step.now).change().newVersion(former.get()).build();
            step.become(step.state().opening(back));
            return;
        }
        if (isTooOld(step, current.get())) {
            step.become(step.state().opening(Rotation.open(newRotationId.get(), Trigger.AGE, Reason.STARTED_BY_AGE,
                    current.map(KeyVersion::id), step.now)));
        }
    }

    private static boolean isTooOld(Step step, KeyVersion current) {
        // Ages of weeks outlive boots, so they are taken from the wall clock; a jump opens a rotation, which only waits.
        Duration age = Duration.between(current.takenIn().wall(), step.now.wall());
        return step.policy.maxAge().filter(most -> age.compareTo(most) >= 0).isPresent();
    }

    /**
     * After a rotation the new key is refused and the former one accepted: the wrong one was revoked. A key that left
     * because it had leaked is never put back by itself.
     */
    private static Optional<VersionId> formerToPutBack(Step step, KeyVersion current) {
        return step.state().rotation().filter(last -> last.state() == RotationState.FLAGGED)
                .filter(last -> last.trigger() != Trigger.EMERGENCY)
                .filter(last -> last.newVersion().equals(Optional.of(current.id())) && serves(step, current.id()))
                .filter(_ -> step.evidence.of(current.id()).acceptance() == Acceptance.REFUSED)
                .flatMap(Rotation::oldVersion).filter(old -> isLiveAndAccepted(step, old));
    }

    private static boolean isLiveAndAccepted(Step step, VersionId id) {
        boolean leaves = step.state().version(id).filter(v -> v.stage().isLeaving() && v.served()).isPresent();
        return leaves && step.evidence.of(id).acceptance() == Acceptance.ACCEPTED;
    }

    private static boolean pausedStays(Step step, Rotation rotation) {
        if (!rotation.paused()) {
            return false;
        }
        step.stay(rotation, Reason.PAUSED_BY_OPERATOR);
        return true;
    }

    private static boolean unreadableStoreParks(Step step, Rotation rotation) {
        if (step.evidence.store().isPresent()) {
            return false;
        }
        step.park(rotation, Reason.STORE_FAILING);
        return true;
    }

    private static boolean olderStateParks(Step step, Rotation rotation) {
        if (!step.isStateBehind()) {
            return false;
        }
        step.park(rotation, Reason.STATE_BEHIND);
        return true;
    }

    private static boolean foreignChangeParks(Step step, Rotation rotation) {
        Optional<VersionId> current = step.evidence.store().flatMap(StoreView::current);
        if (expected(rotation).contains(current)) {
            return false;
        }
        step.park(rotation, Reason.FOREIGN_CHANGE);
        return true;
    }

    /** What the store may serve if only we changed it; empty where the key has no first value yet. */
    private static List<Optional<VersionId>> expected(Rotation rotation) {
        List<Optional<VersionId>> both = List.of(rotation.oldVersion(), rotation.newVersion());
        return switch (rotation.place()) {
            case AWAITING_KEY, STAGED -> {
                Optional<VersionId> served = rotation.trigger() == Trigger.ADOPTION
                        ? rotation.newVersion()
                        : rotation.oldVersion();
                yield rotation.rollback() ? both : List.of(served);
            }
            case VERIFIED -> rotation.trigger() == Trigger.ADOPTION && !rotation.rollback()
                    ? List.of(rotation.newVersion())
                    : both;
            case PROMOTED, DRAINING, FLAGGED, REJECTED, ABORTED, ROLLED_BACK, SUPERSEDED, PARKED -> rotation.rollback()
                    ? both
                    : List.of(rotation.newVersion());
        };
    }

    /** The API refuses what consumers read: back to the former key where that is safe, else a person must know. */
    private static boolean wrongKeyRevokedTurnsBack(Step step, Rotation rotation) {
        boolean refused = step.evidence.of(rotation.newVersion()).acceptance() == Acceptance.REFUSED;
        if (!rotation.isPromoted() || rotation.rollback() || !refused) {
            return false;
        }
        boolean safe = rotation.trigger() != Trigger.EMERGENCY
                && rotation.oldVersion().filter(old -> isLiveAndAccepted(step, old)).isPresent();
        if (!safe) {
            step.park(rotation, Reason.CURRENT_REFUSED);
            return true;
        }
        step.become(step.state().with(rotation.change().rollback(true).because(Reason.WRONG_KEY_REVOKED).build()));
        return true;
    }

    private static boolean endedCauseUnparks(Step step, Rotation rotation) {
        if (rotation.state() != RotationState.PARKED) {
            return false;
        }
        if (hasEnded(step, rotation)) {
            RotationState back = rotation.place();
            step.become(step.state().with(rotation.change().to(back, Reason.RESUMED, step.now).build()));
        }
        return true;
    }

    private static boolean hasEnded(Step step, Rotation rotation) {
        if (rotation.rollback()) {
            return rotation.reason() != Reason.OLD_KEY_NOT_ACCEPTED
                    || step.evidence.of(rotation.oldVersion()).acceptance() == Acceptance.ACCEPTED;
        }
        return switch (rotation.reason()) {
            case KEY_DIFFERS -> rotation.approvedBy().isPresent();
            case CURRENT_REFUSED -> step.evidence.of(rotation.newVersion()).acceptance() == Acceptance.ACCEPTED;
            default -> true; // other causes are seen by the rules before this one
        };
    }

    private static boolean rollbackIsAPromotion(Step step, Rotation rotation) {
        if (!rotation.rollback()) {
            return false;
        }
        VersionId old = rotation.oldVersion().orElseThrow();
        boolean revoked = step.state().version(old).filter(v -> v.stage() == Stage.REVOKED).isPresent();
        if (serves(step, old) && !revoked) {
            rolledBack(step, rotation, old);
            return true;
        }
        Acceptance acceptance = step.evidence.of(old).acceptance();
        if (revoked || acceptance == Acceptance.REFUSED || acceptance == Acceptance.AMBIGUOUS) {
            step.park(rotation, Reason.OLD_KEY_NOT_ACCEPTED);
            return true;
        }
        RotationSteps.promoteOnFreshProof(step, rotation, old, Reason.WAITS_FOR_ROLLBACK_PROOF);
        return true;
    }

    private static void rolledBack(Step step, Rotation rotation, VersionId old) {
        VersionId next = rotation.newVersion().orElseThrow();
        boolean refused = rotation.isPromoted()
                && step.evidence.of(next).acceptance() == Acceptance.REFUSED;
        Reason reason = refused ? Reason.WRONG_KEY_REVOKED : Reason.ROLLED_BACK_BY_OPERATOR;
        KeyState swapped = step.state().with(next, v -> v.leaving(reason, step.now))
                .with(old, v -> v.stage() == Stage.CURRENT ? v : v.to(Stage.CURRENT, reason, step.now));
        step.become(swapped.with(rotation.change().to(RotationState.ROLLED_BACK, reason, step.now).build()));
    }

    static boolean serves(Step step, VersionId version) {
        return step.evidence.store().flatMap(StoreView::current).equals(Optional.of(version));
    }
}
