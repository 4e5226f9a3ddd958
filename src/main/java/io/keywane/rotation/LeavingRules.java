package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Decider.Step;

import java.util.List;
import java.util.Optional;

/**
 * The road of every version that is neither current nor confirmed revoked: drain, flag, unflag, revocation. It belongs to
 * the version, so several may be on it at once and none holds up a later rotation.
 */
final class LeavingRules {
    private LeavingRules() {}

    static void apply(Step step) {
        if (step.state().openRotation().filter(Rotation::paused).isPresent()) {
            return;
        }
        List<VersionId> all = step.state().versions().stream().map(KeyVersion::id).toList();
        for (VersionId id : all) {
            KeyVersion version = step.state().version(id).orElseThrow();
            switch (version.stage()) {
                case RETIRING -> retire(step, version);
                case DRAINED -> flag(step, version);
                case FLAGGED -> watch(step, version);
                case REVOKED -> release(step, version);
                case CANDIDATE, VERIFIED, CURRENT -> {
                } // these belong to the rotation
            }
        }
    }

    private static void retire(Step step, KeyVersion version) {
        if (confirmRevoked(step, version)) {
            return;
        }
        mark(step, version, false);
        List<GateReport> gates = Gates.assess(step.state(), version, step.evidence.of(version.id()), step.policy,
                step.now);
        if (gates.stream().allMatch(GateReport::isOpen)) {
            boolean proven = gates.stream().allMatch(GateReport::met);
            Reason reason = proven ? Reason.DRAIN_PROVEN : Reason.DRAIN_WAIVED;
            move(step, version.drainedOn(gates), Stage.DRAINED, reason);
        }
    }

    private static void flag(Step step, KeyVersion version) {
        if (confirmRevoked(step, version)) {
            return;
        }
        if (withdrawIfUsed(step, version)) {
            return;
        }
        boolean marked = step.evidence.store().filter(view -> view.flagged().contains(version.id())).isPresent();
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

    private static boolean isUsedSince(Step step, KeyVersion version) {
        Optional<Moment> used = step.evidence.of(version.id()).lastUsed();
        return used.flatMap(moment -> moment.elapsedSince(version.since())).filter(d -> !d.isNegative()).isPresent();
    }

    /** Refused, confirmed, and the current key is accepted: so it is neither a proxy nor the wrong key. */
    private static boolean confirmRevoked(Step step, KeyVersion version) {
        boolean refused = step.evidence.of(version.id()).acceptance() == Acceptance.REFUSED;
        boolean currentAccepted = step.state().current()
                .filter(current -> step.evidence.of(current.id()).acceptance() == Acceptance.ACCEPTED).isPresent();
        if (!refused || !currentAccepted) {
            return false;
        }
        move(step, version, Stage.REVOKED, Reason.REVOCATION_CONFIRMED);
        return true;
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
