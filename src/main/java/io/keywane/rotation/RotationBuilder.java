package io.keywane.rotation;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes a copy of a rotation. {@link #to} is the one place that assigns a state, and it keeps to the listed moves. */
public final class RotationBuilder {
    private final Rotation from;
    private Trigger trigger;
    private RotationState state;
    private Reason reason;
    private Moment since;
    private Optional<VersionId> newVersion;
    private Optional<Moment> promoted;
    private Optional<Moment> published;
    private Optional<String> approvedBy;
    private boolean paused;
    private boolean rollback;
    private Optional<RotationState> parkedFrom;
    private final List<Waiver> waivers;

    RotationBuilder(Rotation from) {
        this.from = from;
        trigger = from.trigger();
        state = from.state();
        reason = from.reason();
        since = from.since();
        newVersion = from.newVersion();
        promoted = from.promoted();
        published = from.published();
        approvedBy = from.approvedBy();
        paused = from.paused();
        rollback = from.rollback();
        parkedFrom = from.parkedFrom();
        waivers = new ArrayList<>(from.waivers());
    }

    /**
     * Moves on.
     *
     * @throws IllegalStateException if that is not a listed move
     */
    @CanIgnoreReturnValue
    public RotationBuilder to(RotationState next, Reason why, Moment now) {
        if (!Transitions.allows(state, next, why)) {
            throw new IllegalStateException(
                    "rotation " + from.id() + " cannot go from " + state + " to " + next + " because of " + why);
        }
        parkedFrom = next == RotationState.PARKED ? Optional.of(state) : Optional.empty();
        state = next;
        since = now;
        return because(why);
    }

    /** States another reason for staying. */
    @CanIgnoreReturnValue
    public RotationBuilder because(Reason why) {
        reason = why;
        return this;
    }

    /** Makes it urgent: a leak was found while it was under way. */
    @CanIgnoreReturnValue
    RotationBuilder urgent() {
        trigger = Trigger.EMERGENCY;
        paused = false;
        return because(Reason.STARTED_FOR_EMERGENCY);
    }

    @CanIgnoreReturnValue
    public RotationBuilder newVersion(VersionId version) {
        newVersion = Optional.of(version);
        return this;
    }

    @CanIgnoreReturnValue
    public RotationBuilder promoted(Moment when) {
        promoted = Optional.of(when);
        return this;
    }

    @CanIgnoreReturnValue
    public RotationBuilder published(Moment when) {
        published = Optional.of(when);
        return this;
    }

    @CanIgnoreReturnValue
    public RotationBuilder approvedBy(String actor) {
        approvedBy = Optional.of(actor);
        return this;
    }

    @CanIgnoreReturnValue
    public RotationBuilder paused(boolean stop) {
        paused = stop;
        return this;
    }

    @CanIgnoreReturnValue
    public RotationBuilder rollback(boolean asked) {
        rollback = asked;
        return this;
    }

    @CanIgnoreReturnValue
    public RotationBuilder waive(Waiver waiver) {
        waivers.add(waiver);
        return this;
    }

    public Rotation build() {
        return new Rotation(from.id(), trigger, state, reason, from.began(), since, from.oldVersion(),
                newVersion,
                promoted, published, approvedBy, paused, rollback, parkedFrom, waivers);
    }
}
