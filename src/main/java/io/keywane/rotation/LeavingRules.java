package io.keywane.rotation;

import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Decider.Step;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The road of every version that is neither current nor confirmed revoked: drain, flag, unflag, revocation. It belongs to
 * the version, so several may be on it at once and none holds up a later rotation.
 */
final class LeavingRules {
    /** A key that was never accepted is taken for revoked only when it has been refused for so long. */
    private static final Duration LATEST_ACCEPTANCE = Duration.ofHours(1);

    /** A key that nobody was asked to revoke is taken for revoked only when it has been seen refused for so long. */
    private static final Duration BAD_MINUTES = Duration.ofMinutes(10);

    private LeavingRules() {}

    static void apply(Step step) {
        List<VersionId> all = step.state().versions().stream().map(KeyVersion::id).toList();
        for (VersionId id : all) {
            KeyVersion version = step.state().version(id).orElseThrow();
            switch (version.stage()) {
                case CANDIDATE -> leaveUnlessChosen(step, version);
                case CURRENT -> mark(step, version, false);
                case RETIRING -> retire(step, version);
                case DRAINED -> flag(step, version);
                case FLAGGED -> watch(step, version);
                case REVOKED -> release(step, version);
                case VERIFIED -> {
                } // belongs to the rotation
            }
        }
    }

    /** A candidate whose storing seemed to fail, and did not: it is a live key at the vendor. */
    private static void leaveUnlessChosen(Step step, KeyVersion version) {
        boolean chosen = step.state().openRotation().flatMap(Rotation::newVersion)
                .equals(Optional.of(version.id()));
        boolean held = step.evidence.store().filter(view -> view.held().contains(version.id())).isPresent();
        if (held && !chosen) {
            move(step, version, Stage.RETIRING, Reason.NOT_CHOSEN);
        }
    }

    /** Versions of a paused rotation wait; what the store serves is never on its way out. */
    private static boolean isHeldBack(Step step, KeyVersion version) {
        Optional<VersionId> id = Optional.of(version.id());
        Optional<Rotation> open = step.state().openRotation();
        boolean paused = open.filter(Rotation::paused).filter(r -> r.concerns(version.id())).isPresent();
        boolean comesBack = open.filter(r -> !r.isPromoted() && r.newVersion().equals(id)).isPresent();
        return paused || comesBack || isServed(step, version) || isForeign(step);
    }

    /** Consumers read what others put there, so what they need is not known. */
    private static boolean isForeign(Step step) {
        return step.evidence.store().isPresent() && !step.isServedAsKnown();
    }

    private static boolean isServed(Step step, KeyVersion version) {
        return step.evidence.store().flatMap(StoreView::current).equals(Optional.of(version.id()));
    }

    private static void retire(Step step, KeyVersion version) {
        if (confirmRevoked(step, version)) {
            return;
        }
        mark(step, version, false);
        if (isReplaced(step, version)) {
            step.become(step.state().with(version.id(), _ -> version.replacedAt(step.now)));
            return;
        }
        if (isHeldBack(step, version)) {
            return;
        }
        List<GateReport> gates = Gates.assess(step.state(), version, step.evidence.of(version.id()), step.policy,
                step.now);
        if (gates.stream().allMatch(GateReport::isOpen)) {
            boolean proven = gates.stream().allMatch(GateReport::met);
            Reason reason = proven ? Reason.DRAIN_PROVEN : Reason.DRAIN_WAIVED;
            move(step, version.drainedOn(gates), Stage.DRAINED, reason);
        }
    }

    /** Whether this is the first time that consumers are seen to be able to read what took its place. */
    private static boolean isReplaced(Step step, KeyVersion version) {
        boolean readable = step.evidence.publication() == Publication.MATCHES
                || step.evidence.publication() == Publication.NOT_CONFIGURED;
        // What is published was compared with the key that was current before this step.
        boolean compared = step.before.current().isPresent()
                && step.before.current().map(KeyVersion::id).equals(step.state().current().map(KeyVersion::id));
        return version.served() && version.replaced().isEmpty() && readable && compared && step.isServedAsKnown();
    }

    private static void flag(Step step, KeyVersion version) {
        if (confirmRevoked(step, version)) {
            return;
        }
        if (withdrawIfUsed(step, version) || isHeldBack(step, version) || withdrawIfUnproven(step, version)) {
            return;
        }
        if (!step.evidence.bundles().containsKey(version.id())) {
            step.act(new Action.KeepEvidence(version.id()));
            return;
        }
        // What the store does not hold any more, as after a restored backup of the state, cannot be marked there.
        boolean marked = step.evidence.store()
                .filter(view -> view.flagged().contains(version.id()) || !view.held().contains(version.id()))
                .isPresent();
        if (marked) {
            move(step, version, Stage.FLAGGED, Reason.FLAG_MARKED);
            return;
        }
        mark(step, version, true);
    }

    private static void watch(Step step, KeyVersion version) {
        if (!confirmRevoked(step, version)) {
            withdrawIfUsed(step, version);
        }
    }

    /** A flag that rests on a waiver stays: that the key may still be used was accepted. Its use is alerted all the same. */
    private static boolean withdrawIfUsed(Step step, KeyVersion version) {
        if (version.waived() || !isUsedSince(step, version)) {
            return false;
        }
        move(step, version, Stage.RETIRING, Reason.USED_AFTER_FLAG);
        mark(step, step.state().version(version.id()).orElseThrow(), false);
        return true;
    }

    /** The flag is not set yet, so it must still be deserved: silence may have ended unseen since, or a policy changed. */
    private static boolean withdrawIfUnproven(Step step, KeyVersion version) {
        boolean proven = Gates.assess(step.state(), version, step.evidence.of(version.id()), step.policy, step.now)
                .stream().allMatch(gate -> gate.isOpen() || version.isWaivedAt(gate.gate()));
        if (proven) {
            return false;
        }
        move(step, version, Stage.RETIRING, Reason.EVIDENCE_LOST);
        mark(step, step.state().version(version.id()).orElseThrow(), false);
        return true;
    }

    private static boolean isUsedSince(Step step, KeyVersion version) {
        return step.evidence.of(version.id()).lastUsed().filter(used -> used.isNotBefore(version.since(), step.now))
                .isPresent();
    }

    /** Refused, confirmed, and the current key is accepted: so it is neither a proxy nor the wrong key. */
    private static boolean confirmRevoked(Step step, KeyVersion version) {
        boolean refused = step.evidence.of(version.id()).acceptance() == Acceptance.REFUSED;
        boolean currentAccepted = step.state().current()
                .filter(current -> step.evidence.of(current.id()).acceptance() == Acceptance.ACCEPTED).isPresent();
        if (!refused || !currentAccepted || isServed(step, version) || mayYetBeAccepted(step, version)
                || mayBeAcceptedAgain(step, version)) {
            return false;
        }
        move(step, version, Stage.REVOKED, Reason.REVOCATION_CONFIRMED);
        return true;
    }

    /** A vendor may accept a new key later than our patience lasts; to drop its value then would lose a live key. */
    private static boolean mayYetBeAccepted(Step step, KeyVersion version) {
        boolean wasAccepted = version.served() || step.evidence.of(version.id()).lastSuccess().isPresent();
        return !wasAccepted && !step.now.isAtLeastAfter(version.since(), LATEST_ACCEPTANCE);
    }

    /**
     * Nobody was asked to revoke it, and nobody says so: a vendor's bad minutes end, and consumers may still need the key,
     * whose value would be let go.
     */
    private static boolean mayBeAcceptedAgain(Step step, KeyVersion version) {
        boolean isExpected = version.stage() == Stage.FLAGGED && !version.waived();
        VersionEvidence known = step.evidence.of(version.id());
        boolean isLong = known.refusedSince().filter(since -> step.now.isAtLeastAfter(since, BAD_MINUTES)).isPresent();
        return !isExpected && !known.saidRevoked() && !isLong;
    }

    private static void release(Step step, KeyVersion version) {
        step.evidence.store().filter(view -> view.held().contains(version.id()))
                .filter(view -> !view.current().equals(Optional.of(version.id())))
                .ifPresent(view -> step.act(new Action.Release(version.id(), view.revision())));
    }

    private static void mark(Step step, KeyVersion version, boolean flagged) {
        step.evidence.store().filter(view -> view.held().contains(version.id()))
                .filter(view -> view.flagged().contains(version.id()) != flagged)
                .ifPresent(view -> step.act(new Action.Mark(version.id(), flagged, view.revision())));
    }

    private static void move(Step step, KeyVersion changed, Stage stage, Reason reason) {
        step.become(step.state().with(changed.id(), former -> changed.to(stage, reason, step.now)));
    }
}
