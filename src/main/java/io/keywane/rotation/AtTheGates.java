package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.SilentSpan.Cause;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A leaving version with all by which its gates are judged. */
record AtTheGates(
        KeyVersion version,
        Optional<Rotation> rotation,
        VersionEvidence evidence,
        RotationPolicy policy,
        Moment now) {
    /** Of the least quiet period, at most one part in so many may be hidden by lost replies. */
    private static final int SHADOW_PART = 20;

    /** When consumers could first read the replacement; a version that never served has nobody to wait for. */
    Optional<Moment> published() {
        return version.served() ? version.replaced() : Optional.of(version.since());
    }

    Duration propagationDelay() {
        return version.served() ? policy.propagationDelay() : Duration.ZERO;
    }

    /**
     * From when on consumers have had the time to switch; after a restart of the host they get it anew. A version that
     * never served has nobody who must switch.
     */
    Optional<Moment> propagated() {
        Moment boot = now.plus(now.sinceBoot().negated());
        if (version.stage() == Stage.DRAINED && !version.served()) {
            return Optional.of(boot);
        }
        return published().map(at -> (at.boot().equals(now.boot()) ? at : boot).plus(propagationDelay()));
    }

    boolean isPropagated() {
        return propagated().filter(at -> now.isNotBefore(at, now)).isPresent();
    }

    /** The silence that counts: common to all groups, after consumers had the time to switch, with no full window in it. */
    Optional<SilentSpan> silence() {
        Optional<Moment> propagated = propagated();
        if (propagated.isEmpty() || evidence.groups().isEmpty()) {
            return Optional.empty();
        }
        Optional<SilentSpan> common = evidence.groups().getFirst().silence();
        // Not the first with itself: its holes would count twice.
        for (GroupEvidence group : evidence.groups().subList(1, evidence.groups().size())) {
            common = common.flatMap(span -> group.silence().flatMap(span::intersect));
        }
        common = common.flatMap(span -> span.after(propagated.get()));
        for (GroupEvidence group : evidence.groups()) {
            common = common.flatMap(
                    span -> group.limited().isPresent() ? span.after(group.limited().get()) : Optional.of(span));
        }
        return common.map(span -> span.withAtMost(Cause.LOST_REPLY, policy.quiet().floor().dividedBy(SHADOW_PART)));
    }

    /** What is asked of the silence under way, or of one that would begin now. */
    QuietDemand demand() {
        return demand(silence().map(span -> span.from().wall()).orElse(now.wall()));
    }

    boolean asksMoreThan(Duration span) {
        return demand().length().compareTo(span) > 0;
    }

    QuietDemand demand(Instant begin) {
        return QuietDemand.of(policy.quiet(), version.served(), evidence, begin);
    }

    GateReport met(Gate gate, String required, String known) {
        return new GateReport(gate, true, isWaived(gate), required, known, "");
    }

    GateReport unmet(Gate gate, String required, String known, String missing, Instant earliest) {
        Instant time = earliest.isAfter(now.wall()) ? earliest : now.wall();
        return new GateReport(gate, false, isWaived(gate), required, known, missing,
                Optional.of(new Earliest.At(time)));
    }

    GateReport unmet(Gate gate, String required, String known, String missing, Earliest.Why why) {
        return new GateReport(gate, false, isWaived(gate), required, known, missing,
                Optional.of(new Earliest.Unknown(why)));
    }

    private boolean isWaived(Gate gate) {
        return rotation.filter(r -> r.isWaived(gate, version.id())).isPresent();
    }
}
