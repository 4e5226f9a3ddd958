package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Decider.Step;

import java.util.Optional;

/** How a rotation goes on from each of its states while nothing stands in its way. */
final class RotationSteps {
    private RotationSteps() {}

    static boolean goOn(Step step, Rotation rotation) {
        switch (rotation.state()) {
            case AWAITING_KEY -> await(step, rotation);
            case STAGED -> verify(step, rotation);
            case VERIFIED -> promote(step, rotation);
            case PROMOTED -> publish(step, rotation);
            case DRAINING -> drain(step, rotation);
            case FLAGGED, REJECTED, ABORTED, ROLLED_BACK, SUPERSEDED, PARKED -> {
            } // over, or handled by a rule before
        }
        return true;
    }

    /** A key whose custody was begun before a crash goes on if the store turns out to hold it. */
    private static void await(Step step, Rotation rotation) {
        boolean held = rotation.newVersion()
                .filter(id -> step.evidence.store().filter(view -> view.held().contains(id)).isPresent()).isPresent();
        if (!held) {
            step.stay(rotation, Reason.WAITS_FOR_KEY);
            return;
        }
        step.become(
                step.state().with(rotation.change().to(RotationState.STAGED, Reason.KEY_SUPPLIED, step.now).build()));
    }

    private static void verify(Step step, Rotation rotation) {
        VersionId candidate = rotation.newVersion().orElseThrow();
        VersionEvidence known = step.evidence.of(candidate);
        boolean adopted = rotation.trigger() == Trigger.ADOPTION;
        if (isRevoked(step, candidate) || isRefusedForGood(step, rotation, known)) {
            if (adopted) {
                step.park(rotation, Reason.CURRENT_REFUSED);
                return;
            }
            reject(step, rotation, candidate, Reason.KEY_REFUSED);
            return;
        }
        boolean proven = known.acceptance() == Acceptance.ACCEPTED
                && known.lastSuccess().filter(success -> success.isNotBefore(rotation.since(), step.now)).isPresent();
        // A former key is what the present one was compared with; it needs no comparison.
        boolean compared = rotation.trigger() == Trigger.ROLLBACK || step.evidence.parity().isMade();
        if (!proven || !compared) {
            step.act(new Action.Probe(candidate));
            step.stay(rotation, Reason.WAITS_FOR_PROOF);
            return;
        }
        boolean differs = rotation.trigger() != Trigger.ROLLBACK && !step.evidence.parity().differences().isEmpty();
        if (differs && !adopted) {
            reject(step, rotation, candidate, Reason.KEY_DIFFERS);
            return;
        }
        if (differs && rotation.approvedBy().isEmpty()) {
            step.park(rotation, Reason.KEY_DIFFERS);
            return;
        }
        KeyState verified = step.state().with(candidate, v -> v.stage() == Stage.CANDIDATE
                ? v.to(Stage.VERIFIED, Reason.KEY_ACCEPTED, step.now)
                : v);
        step.become(verified.with(rotation.change().to(RotationState.VERIFIED, Reason.KEY_ACCEPTED, step.now).build()));
    }

    private static void promote(Step step, Rotation rotation) {
        VersionId candidate = rotation.newVersion().orElseThrow();
        if (isRevoked(step, candidate)) {
            reject(step, rotation, candidate, Reason.KEY_REFUSED);
            return;
        }
        if (RotationRules.serves(step, candidate)) {
            adoptPromotion(step, rotation, candidate);
            return;
        }
        if (step.evidence.of(candidate).acceptance() == Acceptance.REFUSED) {
            reject(step, rotation, candidate, Reason.KEY_REFUSED);
            return;
        }
        Optional<Reason> holding = holding(step, rotation);
        if (holding.isPresent()) {
            step.stay(rotation, holding.get());
            return;
        }
        promoteOnFreshProof(step, rotation, candidate, Reason.WAITS_FOR_PROOF);
    }

    /** What the policy still asks for. A leak, and a current key that is refused, wait for neither person nor hour. */
    private static Optional<Reason> holding(Step step, Rotation rotation) {
        return switch (rotation.trigger()) {
            case EMERGENCY, ROLLBACK -> Optional.empty();
            case OPERATOR, AGE, ADOPTION -> {
                if (step.policy.approvalRequired() && rotation.approvedBy().isEmpty()) {
                    yield Optional.of(Reason.WAITS_FOR_APPROVAL);
                }
                if (step.evidence.calibrating()) {
                    yield Optional.of(Reason.WAITS_FOR_CALIBRATION);
                }
                // The first key of a name takes nothing away from anybody.
                boolean open = rotation.oldVersion().isEmpty() || step.policy.isOpen(step.now.wall());
                yield open ? Optional.empty() : Optional.of(Reason.WAITS_FOR_WINDOW);
            }
        };
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

    static void promoteOnFreshProof(Step step, Rotation rotation, VersionId version, Reason waiting) {
        Optional<Moment> success = step.evidence.of(version).lastSuccess();
        boolean fresh = step.evidence.of(version).acceptance() == Acceptance.ACCEPTED
                && PromotionProof.isFresh(success, step.now);
        if (fresh) {
            step.act(new Action.Promote(version, step.evidence.store().orElseThrow().revision()));
            return;
        }
        step.act(new Action.Probe(version));
        step.stay(rotation, waiting);
    }

    private static void publish(Step step, Rotation rotation) {
        Publication publication = step.evidence.publication();
        if (publication == Publication.MATCHES || publication == Publication.NOT_CONFIGURED) {
            step.become(step.state().with(rotation.change().published(step.now)
                    .to(RotationState.DRAINING, Reason.PUBLISHED, step.now).build()));
            return;
        }
        step.stay(rotation, Reason.WAITS_FOR_PUBLICATION);
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
            case DRAINED -> step.stay(rotation, old.get().waived() ? Reason.DRAIN_WAIVED : Reason.DRAIN_PROVEN);
            case CANDIDATE, VERIFIED, CURRENT, RETIRING -> step.stay(rotation, missing(step, old.get()));
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
        KeyState leaving = step.state().with(candidate, v -> v.leaving(reason, step.now));
        step.become(leaving.with(rotation.change().to(RotationState.REJECTED, reason, step.now).build()));
    }

    private static boolean isRevoked(Step step, VersionId version) {
        return step.state().version(version).filter(v -> v.stage() == Stage.REVOKED).isPresent();
    }

    /**
     * A vendor may accept a new key with a delay, so a refusal is final only when patience has run out. An adopted key is
     * served already, and stopping for it can be undone: no other key has to be accepted to tell that it is refused.
     */
    private static boolean isRefusedForGood(Step step, Rotation rotation, VersionEvidence known) {
        boolean ambiguous = rotation.trigger() == Trigger.ADOPTION && known.acceptance() == Acceptance.AMBIGUOUS;
        return (ambiguous || known.acceptance() == Acceptance.REFUSED)
                && step.now.isAtLeastAfter(rotation.since(), step.policy.verifyPatience());
    }
}
