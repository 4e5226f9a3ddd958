package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Gate;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.OperatorMoves;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.StoreView;
import io.keywane.rotation.Trigger;
import io.keywane.rotation.Waiver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Of which parts each change is made, in the state that it meets: the same whether it is carried out or only planned.
 * Looks into the store, and changes nothing. A request that was carried out before has no parts left.
 */
final class Scripts {
    /** What a leak makes pointless to wait for; the time to read the new key is not among it. */
    private static final List<Gate> WAIVED_BY_A_LEAK = List.of(Gate.QUIET, Gate.SWITCH, Gate.WALLET);

    /** How long a repeat of a request is told what came of it. */
    static final Duration REPEATABLE = Duration.ofDays(30);

    private final Ports ports;
    private final Ids ids;
    private final Fleet fleet;

    Scripts(Ports ports, Ids ids, Fleet fleet) {
        this.ports = ports;
        this.ids = ids;
        this.fleet = fleet;
    }

    /**
     * The parts of a change.
     *
     * @throws RefusedException where the state does not allow it
     */
    List<Part> of(Change change, KeyState state, Operator operator) {
        Moment now = ports.clock().now();
        requireSameRequest(state.key(), operator, now.wall());
        return switch (change) {
            case Change.TakeFirst first -> first(first, state, operator, now);
            case Change.Start start -> start(start.emergency(), state, operator, now);
            case Change.Supply supply -> supply(state, supply.material(), supply.dashboardName(), now);
            case Change.Adopt adopt -> adopt(adopt, state, operator, now);
            case Change.ConfirmRevoked confirm -> confirm(confirm, state);
            case Change.Approve _ -> once(state, operator, s -> OperatorMoves.approve(s, operator.actor()));
            case Change.Pause _ -> once(state, operator, OperatorMoves::pause);
            case Change.Resume _ -> once(state, operator, OperatorMoves::resume);
            case Change.Abort _ -> once(state, operator,
                    s -> OperatorMoves.abort(s, ports.store().view(s.key()).current(), now));
            case Change.Rollback _ -> once(state, operator,
                    s -> OperatorMoves.rollback(s, rotationId("rollback", s.key(), operator), now));
            case Change.Waive waive -> once(state, operator,
                    s -> OperatorMoves.waive(s, waiver(waive.gate(),
                            waive.brief().map(digits -> leaving(s, digits).id()), operator, operator.reason())));
        };
    }

    /** A change of one move is done once its audit line is there, which was written with it. */
    private List<Part> once(KeyState state, Operator operator, UnaryOperator<KeyState> move) {
        return isAudited(state.key(), operator) ? List.of() : List.of(new Part.Move(move));
    }

    private boolean isAudited(KeyName key, Operator operator) {
        return audited(key, operator).stream().anyMatch(line -> line.asked().equals(operator.asked()));
    }

    private List<AuditEntry> audited(KeyName key, Operator operator) {
        return operator.requestId().map(id -> ports.states().audited(id, key)).orElse(List.of());
    }

    /** An id that stood for something else, or so long ago that its reply is forgotten, must not pass for a repeat. */
    private void requireSameRequest(KeyName key, Operator operator, Instant now) {
        for (AuditEntry line : audited(key, operator)) {
            boolean sameVerb = line.asked().map(Scripts::verb).equals(operator.asked().map(Scripts::verb));
            boolean repeat = line.asked().equals(operator.asked()) && !line.at().isBefore(now.minus(REPEATABLE));
            if (sameVerb && line.asked().isPresent() && !repeat) {
                throw new RefusedException("nothing was done, because this request id was used for another request at "
                        + line.at(), "give each request an id of its own");
            }
        }
    }

    private static String verb(String asked) {
        return asked.substring(0, Math.max(0, asked.indexOf(' ')));
    }

    /** A repeat of a request comes to the same rotation. */
    private String rotationId(String verb, KeyName key, Operator operator) {
        return operator.requestId().map(id -> ids.ofRequest(verb, key, id)).orElseGet(ids::fresh);
    }

    private boolean isOpenedBy(String verb, KeyState state, Operator operator) {
        return operator.requestId().map(id -> ids.ofRequest(verb, state.key(), id))
                .filter(id -> state.rotation().map(Rotation::id).equals(Optional.of(id))).isPresent();
    }

    private List<Part> start(boolean emergency, KeyState state, Operator operator, Moment now) {
        if (isOpenedBy("start", state, operator) || (emergency && isUrgentBy(state, operator))) {
            return List.of();
        }
        if (!emergency) {
            return once(state, operator, s -> OperatorMoves.start(s, rotationId("start", s.key(), operator),
                    Trigger.OPERATOR, now));
        }
        // Two moves, since one state holds one rotation; a repeat after a crash between them goes on from there.
        return List.of(new Part.Move(s -> OperatorMoves.superseded(s, now)),
                new Part.Move(s -> urgent(s, operator, now)));
    }

    /** It made the open rotation urgent; not where it only ended one, and died before it opened its own. */
    private boolean isUrgentBy(KeyState state, Operator operator) {
        return isAudited(state.key(), operator) && state.rotation().filter(r -> r.trigger() == Trigger.EMERGENCY)
                .filter(r -> r.state() != RotationState.SUPERSEDED).isPresent();
    }

    private KeyState urgent(KeyState state, Operator operator, Moment now) {
        KeyState opened = OperatorMoves.start(state, rotationId("start", state.key(), operator), Trigger.EMERGENCY,
                now);
        KeyState waived = OperatorMoves.approve(opened, operator.actor());
        for (Gate gate : WAIVED_BY_A_LEAK) {
            waived = OperatorMoves.waive(waived, waiver(gate, Optional.empty(), operator, "emergency"));
        }
        return waived;
    }

    private List<Part> first(Change.TakeFirst first, KeyState state, Operator operator, Moment now) {
        KeyName key = state.key();
        VersionId id = ids.version(key, first.material());
        if (state.current().filter(current -> current.id().equals(id)).isPresent() && isAudited(key, operator)) {
            return List.of();
        }
        if (state.current().isPresent()) {
            throw new RefusedException(key + " has a current key already",
                    "replace it with `keywane rotation start " + key + "` and `keywane rotation supply " + key + "`");
        }
        KeyState opened = OperatorMoves.approve(state.openRotation().isPresent()
                ? state
                : OperatorMoves.start(state, ids.fresh(), Trigger.OPERATOR, now), operator.actor());
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Move(_ -> opened));
        parts.addAll(supply(opened, first.material(), first.dashboardName(), now));
        return parts;
    }

    private List<Part> supply(KeyState state, KeyMaterial material, Optional<String> dashboardName, Moment now) {
        requireOwnValue(state.key(), material);
        KeyVersion candidate = version(state.key(), material, dashboardName, now);
        return isRepeat(state, candidate)
                ? List.of()
                : List.of(new Part.Move(s -> OperatorMoves.supply(s, candidate)),
                        new Part.Stage(candidate.id(), material));
    }

    private KeyVersion version(KeyName key, KeyMaterial material, Optional<String> dashboardName, Moment now) {
        return KeyVersion.candidate(ids.version(key, material), material, ids.fingerprint(material), dashboardName,
                now);
    }

    private void requireOwnValue(KeyName key, KeyMaterial material) {
        fleet.otherWithValue(key, ids.fingerprint(material)).ifPresent(other -> {
            throw new RefusedException("this key is, or was, a key of " + other,
                    "every managed key needs a value of its own; create a new key in the vendor's dashboard");
        });
    }

    /** The same value again, say after a lost answer: it is in custody, and that is what was asked for. */
    private boolean isRepeat(KeyState state, KeyVersion candidate) {
        boolean latest = state.rotation().flatMap(Rotation::newVersion).equals(Optional.of(candidate.id()));
        boolean leaving = state.version(candidate.id()).map(KeyVersion::stage)
                .filter(stage -> stage == Stage.REVOKED || stage.isLeaving()).isPresent();
        return latest && !leaving && ports.store().view(state.key()).held().contains(candidate.id());
    }

    /**
     * Takes in what others put into the store: the key that consumers read as the new version, and keys in custody that
     * the state has forgotten, say after a restored backup, as leaving ones.
     */
    private List<Part> adopt(Change.Adopt adopt, KeyState state, Operator operator, Moment now) {
        KeyName key = state.key();
        KeyMaterial material = ports.store().served(key).orElseThrow(() -> new RefusedException(
                "consumers read no key of " + key + " in the store", "see `keywane doctor`"));
        requireOwnValue(key, material);
        KeyVersion served = version(key, material, adopt.dashboardName(), now);
        if (isOpenedBy("adopt", state, operator)) {
            return state.openRotation().isPresent()
                    ? List.of(new Part.Stage(served.id(), material))
                    : List.of();
        }
        KeyState remembered = remembered(state, served.id(), now);
        boolean reconciled = !remembered.equals(state);
        boolean current = remembered.current().filter(v -> v.id().equals(served.id())).isPresent();
        if (current && remembered.openRotation().isEmpty() && (reconciled || isAudited(key, operator))) {
            return List.of(new Part.Move(_ -> remembered));
        }
        return List.of(new Part.Move(_ -> OperatorMoves.cleared(remembered, served.id(), now)),
                new Part.Move(s -> OperatorMoves.adopt(s, rotationId("adopt", key, operator), served, now)),
                new Part.Stage(served.id(), material));
    }

    private KeyState remembered(KeyState known, VersionId served, Moment now) {
        StoreView view = ports.store().view(known.key());
        KeyState state = known;
        for (VersionId id : view.held().stream().sorted(Comparator.comparing(VersionId::value)).toList()) {
            boolean forgotten = state.version(id).isEmpty() && !id.equals(served)
                    && !view.current().equals(Optional.of(id));
            if (forgotten) {
                KeyMaterial value = ports.store().read(known.key(), id);
                state = OperatorMoves.remember(state, KeyVersion.candidate(id, value, ids.fingerprint(value),
                        Optional.empty(), now), now);
            }
        }
        return state;
    }

    private static KeyVersion leaving(KeyState state, String digits) {
        return state.leaving().stream().filter(v -> v.id().value().startsWith(digits)).findFirst()
                .orElseThrow(
                        () -> new RefusedException("no leaving version of " + state.key() + " begins with " + digits,
                                "see `keywane keys show " + state.key() + "`"));
    }

    private static List<Part> confirm(Change.ConfirmRevoked confirm, KeyState state) {
        Optional<KeyVersion> leaving = state.leaving().stream()
                .filter(v -> confirm.brief().map(b -> v.id().value().startsWith(b)).orElse(true)).findFirst();
        if (leaving.isPresent()) {
            return List.of(new Part.Prove(leaving.get().id()));
        }
        boolean isKnown = confirm.brief().flatMap(b -> state.versions().stream()
                .filter(v -> v.id().value().startsWith(b) && v.stage() == Stage.REVOKED).findFirst())
                .isPresent();
        if (isKnown) {
            return List.of();
        }
        throw new RefusedException("no leaving version of " + state.key() + " fits",
                "see `keywane keys show " + state.key() + "`");
    }

    private Waiver waiver(Gate gate, Optional<VersionId> version, Operator operator, String fallback) {
        String reason = operator.reason().isBlank() ? fallback : operator.reason();
        if (reason.isBlank()) {
            throw new RefusedException("a waiver needs a reason",
                    "add --reason TEXT; it is kept in audit and evidence");
        }
        return new Waiver(gate, operator.actor(), reason, ports.clock().now().wall(), version);
    }
}
