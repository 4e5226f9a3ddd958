package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.Forecast.Event;
import io.keywane.rotation.Forecast.Note;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/**
 * Looks ahead: applies changes to a state, and then decides with {@link Decider} on evidence as each effect would leave
 * it, until something has to be waited for. There is no second description of the machine in it. Pure.
 */
public final class Foresight {
    /** More than any chain of steps that needs no waiting. */
    private static final int STEPS = 24;
    private static final String NEXT_ROTATION = "the next";

    private final RotationPolicy policy;
    private final Surroundings around;
    private final Moment now;
    private final KeyState before;
    private final Optional<VersionId> served;
    private final List<Event> events = new ArrayList<>();
    private final Set<VersionId> presumed = new HashSet<>();
    private KeyState state;
    private Evidence evidence;

    /**
     * What the evidence of the present does not say.
     *
     * @param publishes whether the key is published on this host
     * @param calibrates whether a new key is measured before it is promoted
     */
    public record Surroundings(boolean publishes, boolean calibrates) {}

    public Foresight(KeyState state, Evidence evidence, RotationPolicy policy, Surroundings around, Moment now) {
        this.before = requireNonNull(state, "state is null");
        this.state = state;
        this.evidence = requireNonNull(evidence, "evidence is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.around = requireNonNull(around, "around is null");
        this.now = requireNonNull(now, "now is null");
        this.served = evidence.store().flatMap(StoreView::current);
    }

    public KeyState state() {
        return state;
    }

    /** The state is changed. */
    public void become(KeyState next) {
        KeyState former = state;
        state = next;
        next.rotation().ifPresent(rotation -> rotation(former.rotation(), rotation));
        for (KeyVersion version : next.versions()) {
            Optional<KeyVersion> known = former.version(version.id());
            if (known.isEmpty() || known.get().stage() != version.stage()) {
                events.add(new Event.VersionTurn(version.id(), known.map(KeyVersion::stage), version.stage(),
                        version.reason()));
            }
        }
    }

    private void rotation(Optional<Rotation> former, Rotation next) {
        Optional<Rotation> same = former.filter(known -> known.id().equals(next.id()));
        same.ifPresent(known -> notes(known, next).forEach(note -> events.add(new Event.Noted(note))));
        if (same.isEmpty() || same.get().state() != next.state()) {
            events.add(new Event.Turn(same.map(Rotation::state), next.state(), next.reason()));
            measureIfNew(next);
        }
    }

    private static List<Note> notes(Rotation known, Rotation next) {
        List<Note> notes = new ArrayList<>();
        if (known.trigger() != next.trigger()) {
            notes.add(Note.URGENT);
        }
        if (!known.approvedBy().equals(next.approvedBy())) {
            notes.add(Note.APPROVED);
        }
        if (known.paused() != next.paused()) {
            notes.add(next.paused() ? Note.PAUSED : Note.UNPAUSED);
        }
        if (known.rollback() != next.rollback()) {
            notes.add(next.rollback() ? Note.ROLLBACK_ASKED : Note.ROLLBACK_DROPPED);
        }
        if (known.waivers().size() < next.waivers().size()) {
            notes.add(Note.WAIVED);
        }
        return notes;
    }

    /** As the engine does: a new key that nobody hurries for is measured once it is verified. */
    private void measureIfNew(Rotation next) {
        boolean unhurried = next.trigger() == Trigger.OPERATOR || next.trigger() == Trigger.AGE;
        if (around.calibrates() && unhurried && next.state() == RotationState.VERIFIED
                && next.oldVersion().isPresent()) {
            evidence = with(evidence.store(), evidence.publication(), evidence.bundles(), true);
        }
    }

    /** A value is taken into custody, and read back. */
    public void stored(VersionId version) {
        events.add(new Event.Stored(version));
        seen(view -> {
            Set<VersionId> held = new HashSet<>(view.held());
            held.add(version);
            return new StoreView(view.revision() + 1, view.current(), held, view.flagged());
        });
    }

    /** The API answers so. */
    public void presume(VersionId version, Acceptance acceptance) {
        this.presumed.add(version);
        events.add(new Event.Presumed(version, acceptance));
        VersionEvidence known = evidence.of(version);
        Map<VersionId, VersionEvidence> versions = new HashMap<>(evidence.versions());
        VersionEvidence presumed = new VersionEvidence(acceptance,
                acceptance == Acceptance.ACCEPTED ? Optional.of(now) : known.lastSuccess(), known.groups(),
                known.lastUsed(), known.wallet(), known.cadence(), known.switchover());
        versions.put(version, acceptance == Acceptance.REFUSED ? presumed.revokedByWord() : presumed);
        Parity parity = evidence.parity().isMade() ? evidence.parity() : new Parity(List.of(), List.of());
        evidence = new Evidence(evidence.store(), evidence.publication(), parity, versions, evidence.bundles(),
                evidence.calibrating());
    }

    /** Decides until nothing follows any more, and says what was seen. */
    public Forecast lookAhead() {
        for (int i = 0; i < STEPS; i++) {
            Decision decision = Decider.decide(state, evidence, policy, now, () -> NEXT_ROTATION);
            boolean moved = !decision.next().equals(state);
            become(decision.next());
            List<Action> effects = decision.actions().stream().filter(action -> !(action instanceof Action.Probe))
                    .toList();
            effects.forEach(this::effect);
            if (!moved && effects.isEmpty() && !ask(decision.actions())) {
                break;
            }
        }
        return new Forecast(before, served, state, evidence.store().flatMap(StoreView::current), events);
    }

    /** Whether an answer that was not presumed yet is asked for; then it is a good one from now on. */
    private boolean ask(List<Action> actions) {
        Optional<VersionId> asked = actions.stream().map(Action::version).filter(id -> !presumed.contains(id))
                .findFirst();
        asked.ifPresent(id -> presume(id, Acceptance.ACCEPTED));
        return asked.isPresent();
    }

    private void effect(Action action) {
        events.add(new Event.Effect(action));
        switch (action) {
            case Action.Probe _ -> throw new IllegalStateException("a probe is asked for, not done");
            case Action.Promote promote -> {
                seen(view -> new StoreView(view.revision() + 1, Optional.of(promote.version()), view.held(),
                        without(view.flagged(), promote.version())));
                publication(around.publishes() ? Publication.DIFFERS : Publication.NOT_CONFIGURED);
            }
            case Action.Publish _ -> publication(Publication.MATCHES);
            case Action.KeepEvidence keep -> {
                Map<VersionId, String> bundles = new HashMap<>(evidence.bundles());
                bundles.put(keep.version(), "to be kept");
                evidence = with(evidence.store(), evidence.publication(), bundles, evidence.calibrating());
            }
            case Action.Mark mark -> seen(view -> {
                Set<VersionId> flagged = without(view.flagged(), mark.version());
                if (mark.flagged()) {
                    flagged.add(mark.version());
                }
                return new StoreView(view.revision() + 1, view.current(), view.held(), flagged);
            });
            case Action.Release release -> seen(view -> new StoreView(view.revision() + 1, view.current(),
                    without(view.held(), release.version()), without(view.flagged(), release.version())));
        }
    }

    private static Set<VersionId> without(Set<VersionId> versions, VersionId gone) {
        Set<VersionId> rest = new HashSet<>(versions);
        rest.remove(gone);
        return rest;
    }

    private void seen(UnaryOperator<StoreView> change) {
        evidence = with(evidence.store().map(change), evidence.publication(), evidence.bundles(),
                evidence.calibrating());
    }

    private void publication(Publication next) {
        evidence = with(evidence.store(), next, evidence.bundles(), evidence.calibrating());
    }

    private Evidence with(Optional<StoreView> store, Publication publication, Map<VersionId, String> bundles,
            boolean calibrating) {
        return new Evidence(store, publication, evidence.parity(), evidence.versions(), bundles, calibrating);
    }
}
