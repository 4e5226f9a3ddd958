package io.keywane.rotation;

import io.keywane.key.Stage;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.keywane.rotation.Reason.*;
import static io.keywane.rotation.RotationState.*;

/**
 * The state machines of rotations and of versions as data: every legal move with the reasons that may cause it. Nothing
 * else moves a rotation ({@link RotationBuilder#to}) or a version ({@link KeyVersion#to}); docs/rotation.md draws them.
 */
public final class Transitions {
    /** One legal move of a rotation, for any one of these reasons. */
    public record Edge(RotationState from, RotationState to, Set<Reason> reasons) {
        public Edge {
            reasons = Set.copyOf(reasons);
        }
    }

    /** One legal move of a version, for any one of these reasons. */
    public record VersionEdge(Stage from, Stage to, Set<Reason> reasons) {
        public VersionEdge {
            reasons = Set.copyOf(reasons);
        }
    }

    /** Causes that stop a rotation wherever it is. */
    private static final Set<Reason> STOPS = EnumSet.of(STORE_FAILING, FOREIGN_CHANGE, STATE_BEHIND);

    /** All moves of rotations. */
    public static final List<Edge> ROTATION = List.of(
            edge(AWAITING_KEY, STAGED, KEY_SUPPLIED),
            edge(AWAITING_KEY, ABORTED, ABORTED_BY_OPERATOR),
            edge(AWAITING_KEY, SUPERSEDED, SUPERSEDED_BY_EMERGENCY, SUPERSEDED_BY_ADOPTION),
            stops(AWAITING_KEY),
            edge(STAGED, VERIFIED, KEY_ACCEPTED),
            edge(STAGED, REJECTED, KEY_REFUSED, KEY_DIFFERS),
            edge(STAGED, ABORTED, ABORTED_BY_OPERATOR),
            edge(STAGED, ROLLED_BACK, ROLLED_BACK_BY_OPERATOR),
            edge(STAGED, SUPERSEDED, SUPERSEDED_BY_EMERGENCY, SUPERSEDED_BY_ADOPTION),
            stops(STAGED, KEY_DIFFERS, CURRENT_REFUSED, OLD_KEY_NOT_ACCEPTED),
            edge(VERIFIED, PROMOTED, PROMOTION_READ_BACK),
            edge(VERIFIED, REJECTED, KEY_REFUSED),
            edge(VERIFIED, ABORTED, ABORTED_BY_OPERATOR),
            edge(VERIFIED, ROLLED_BACK, ROLLED_BACK_BY_OPERATOR),
            edge(VERIFIED, SUPERSEDED, SUPERSEDED_BY_EMERGENCY, SUPERSEDED_BY_ADOPTION),
            stops(VERIFIED, OLD_KEY_NOT_ACCEPTED),
            edge(PROMOTED, DRAINING, PUBLISHED),
            edge(PROMOTED, ROLLED_BACK, ROLLED_BACK_BY_OPERATOR, WRONG_KEY_REVOKED),
            edge(PROMOTED, SUPERSEDED, SUPERSEDED_BY_EMERGENCY, SUPERSEDED_BY_ADOPTION),
            stops(PROMOTED, OLD_KEY_NOT_ACCEPTED, CURRENT_REFUSED),
            edge(DRAINING, RotationState.FLAGGED, DRAIN_PROVEN, DRAIN_WAIVED, REVOCATION_CONFIRMED, NOTHING_TO_DRAIN),
            edge(DRAINING, ROLLED_BACK, ROLLED_BACK_BY_OPERATOR, WRONG_KEY_REVOKED),
            edge(DRAINING, SUPERSEDED, SUPERSEDED_BY_EMERGENCY, SUPERSEDED_BY_ADOPTION),
            stops(DRAINING, OLD_KEY_NOT_ACCEPTED, CURRENT_REFUSED),
            edge(PARKED, AWAITING_KEY, RESUMED),
            edge(PARKED, STAGED, RESUMED),
            edge(PARKED, VERIFIED, RESUMED),
            edge(PARKED, PROMOTED, RESUMED),
            edge(PARKED, DRAINING, RESUMED),
            edge(PARKED, ABORTED, ABORTED_BY_OPERATOR),
            edge(PARKED, SUPERSEDED, SUPERSEDED_BY_EMERGENCY, SUPERSEDED_BY_ADOPTION));

    /** All moves of versions. */
    public static final List<VersionEdge> VERSIONS = List.of(
            edge(Stage.CANDIDATE, Stage.VERIFIED, KEY_ACCEPTED),
            edge(Stage.CANDIDATE, Stage.RETIRING, KEY_REFUSED, KEY_DIFFERS, NOT_CHOSEN, ABORTED_BY_OPERATOR,
                    ROLLED_BACK_BY_OPERATOR),
            edge(Stage.VERIFIED, Stage.CURRENT, PROMOTION_READ_BACK),
            edge(Stage.VERIFIED, Stage.RETIRING, KEY_REFUSED, NOT_CHOSEN, ABORTED_BY_OPERATOR,
                    ROLLED_BACK_BY_OPERATOR),
            edge(Stage.CURRENT, Stage.RETIRING, PROMOTION_READ_BACK, ROLLED_BACK_BY_OPERATOR, WRONG_KEY_REVOKED),
            edge(Stage.RETIRING, Stage.DRAINED, DRAIN_PROVEN, DRAIN_WAIVED),
            edge(Stage.RETIRING, Stage.CURRENT, PROMOTION_READ_BACK, ROLLED_BACK_BY_OPERATOR, WRONG_KEY_REVOKED),
            edge(Stage.RETIRING, Stage.REVOKED, REVOCATION_CONFIRMED),
            edge(Stage.DRAINED, Stage.FLAGGED, FLAG_MARKED),
            edge(Stage.DRAINED, Stage.RETIRING, USED_AFTER_FLAG, EVIDENCE_LOST),
            edge(Stage.DRAINED, Stage.CURRENT, PROMOTION_READ_BACK, ROLLED_BACK_BY_OPERATOR, WRONG_KEY_REVOKED),
            edge(Stage.DRAINED, Stage.REVOKED, REVOCATION_CONFIRMED),
            edge(Stage.FLAGGED, Stage.RETIRING, USED_AFTER_FLAG, EVIDENCE_LOST),
            edge(Stage.FLAGGED, Stage.CURRENT, PROMOTION_READ_BACK, ROLLED_BACK_BY_OPERATOR, WRONG_KEY_REVOKED),
            edge(Stage.FLAGGED, Stage.REVOKED, REVOCATION_CONFIRMED));

    private Transitions() {}

    private static Edge edge(RotationState from, RotationState to, Reason... reasons) {
        return new Edge(from, to, Set.of(reasons));
    }

    private static Edge stops(RotationState from, Reason... more) {
        return new Edge(from, PARKED, Stream.concat(STOPS.stream(), Stream.of(more)).collect(Collectors.toSet()));
    }

    private static VersionEdge edge(Stage from, Stage to, Reason... reasons) {
        return new VersionEdge(from, to, Set.of(reasons));
    }

    /** The states that may follow one. */
    static Set<RotationState> after(RotationState from) {
        return ROTATION.stream().filter(edge -> edge.from() == from).map(Edge::to).collect(Collectors.toSet());
    }

    static boolean allows(RotationState from, RotationState to, Reason reason) {
        return ROTATION.stream()
                .anyMatch(edge -> edge.from() == from && edge.to() == to && edge.reasons().contains(reason));
    }

    static boolean allows(Stage from, Stage to, Reason reason) {
        return VERSIONS.stream()
                .anyMatch(edge -> edge.from() == from && edge.to() == to && edge.reasons().contains(reason));
    }
}
