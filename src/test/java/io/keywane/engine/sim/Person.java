package io.keywane.engine.sim;

import io.keywane.alert.AlertName;
import io.keywane.engine.Engine;
import io.keywane.engine.KeyReport;
import io.keywane.engine.Operations;
import io.keywane.engine.Operator;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.StoreException;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Gate;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Trigger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people around the engine: they make and revoke keys in the dashboard, and type commands; not always the right ones. */
final class Person {
    private static final long PATIENCE = 240_000;

    private final Run run;
    private final Dice dice;
    private final Map<KeyName, KeyMaterial> made = new HashMap<>();
    private final Map<KeyName, Long> drainingSince = new HashMap<>();
    private final Map<VersionId, Long> retiringSince = new HashMap<>();
    private final List<KeyMaterial> retired = new ArrayList<>();
    private int number;
    int refused;
    boolean waived;

    Person(Run run, Dice dice) {
        this.run = run;
        this.dice = dice;
    }

    private Operator operator(String what) {
        return new Operator("uid:anna", what, Optional.empty());
    }

    private KeyMaterial newKey() {
        KeyMaterial key = KeyMaterial
                .copyOf("jbe_live_%016d".formatted(++number).getBytes(StandardCharsets.US_ASCII));
        run.api.create(key);
        return key;
    }

    /** The first key of each name. */
    void begin(KeyName key) {
        KeyState state = run.database.load(key);
        if (state.current().isPresent() || state.openRotation().filter(r -> r.state() != RotationState.AWAITING_KEY)
                .isPresent()) {
            return;
        }
        KeyMaterial material = made.computeIfAbsent(key, _ -> newKey());
        run.promises.submitted.put(run.id(key, material), material);
        command(key, "import", o -> o.importFirst(key, material, Optional.of("blue"), operator("first")));
    }

    /** Types a command; what passes by itself is tried again another time. */
    private boolean command(KeyName key, String what, Command command) {
        Engine engine = run.engine();
        if (engine == null) {
            return false;
        }
        try {
            command.to(engine.operations());
            run.say("person: " + what + " " + key);
            return true;
        } catch (RefusedException e) {
            refused++;
            run.say("person: " + what + " " + key + ": refused: " + e.getMessage());
        } catch (StoreException | PersistenceException e) {
            run.say("person: " + what + " " + key + ": failed: " + e.getMessage());
        }
        return false;
    }

    private interface Command {
        void to(Operations operations);
    }

    /** The ordinary course: what the status asks for is done, in good order. */
    void attend(KeyName key) {
        KeyState state = run.database.load(key);
        Optional<Rotation> open = state.openRotation();
        if (open.isPresent() && run.isSober()) {
            helpOut(key, state, open.get());
        } else if (open.isPresent()) {
            usual(key, open.get());
        } else if (run.isSober()) {
            tidy(key, state);
        }
    }

    private void usual(KeyName key, Rotation open) {
        if (open.state() == RotationState.AWAITING_KEY) {
            supply(key);
        }
        if (open.reason() == Reason.WAITS_FOR_APPROVAL) {
            command(key, "approve", o -> o.approve(key, operator("fine")));
        }
    }

    private void helpOut(KeyName key, KeyState state, Rotation open) {
        usual(key, open);
        if (open.paused()) {
            command(key, "resume", o -> o.resume(key, operator("go on")));
        }
        if (open.state() == RotationState.PARKED) {
            switch (open.reason()) {
                case FOREIGN_CHANGE, STATE_BEHIND -> adopt(key);
                case KEY_DIFFERS -> command(key, "approve", o -> o.approve(key, operator("known")));
                case OLD_KEY_NOT_ACCEPTED -> command(key, "resume", o -> o.resume(key, operator("drop it")));
                case CURRENT_REFUSED -> refused(key, open);
                default -> {
                }
            }
        }
        if (open.state() == RotationState.STAGED && open.reason() == Reason.WAITS_FOR_PROOF) {
            giveUpAWrongKey(key, state, open);
        }
        boolean drains = open.state() == RotationState.DRAINING;
        long since = drainingSince.computeIfAbsent(key, _ -> run.clock.millis());
        if (!drains) {
            drainingSince.remove(key);
        } else if (run.clock.millis() - since > PATIENCE + 3_000L * run.plan.quietSeconds()) {
            waive(key, open.reason());
        }
        boolean canSucceed = open.state() != RotationState.DRAINING && open.trigger() != Trigger.ROLLBACK;
        if (isRefused(key, state) && !canSucceed) {
            command(key, "emergency", o -> o.start(key, true, operator("refused")));
        }
    }

    /** No other key is accepted, so Keywane cannot tell that this one is wrong. */
    private void giveUpAWrongKey(KeyName key, KeyState state, Rotation open) {
        boolean ordinary = open.trigger() == Trigger.OPERATOR || open.trigger() == Trigger.EMERGENCY;
        boolean isWrong = open.newVersion().map(run.promises.submitted::get).filter(run.api::isRevoked).isPresent();
        if (ordinary && isWrong && isRefused(key, state)) {
            command(key, "abort", o -> o.abort(key, operator("a wrong key")));
        }
    }

    /** A key that others put there and the API refuses: back to the former one, else another by the same way. */
    private void refused(KeyName key, Rotation open) {
        if (open.trigger() != Trigger.ADOPTION) {
            command(key, "emergency", o -> o.start(key, true, operator("refused")));
            return;
        }
        boolean hasFormer = open.oldVersion().map(id -> run.promises.submitted.get(id)).filter(run.api::accepts)
                .isPresent();
        if (hasFormer) {
            command(key, "rollback", o -> o.rollback(key, operator("refused")));
        } else {
            byHand(key);
        }
    }

    private void waive(KeyName key, Reason reason) {
        Optional<Gate> gate = switch (reason) {
            case WAITS_FOR_SWITCH -> Optional.of(Gate.SWITCH);
            case WAITS_FOR_WALLET -> Optional.of(Gate.WALLET);
            case WAITS_FOR_SILENCE -> run.maySilenceBeUnseen() ? Optional.of(Gate.QUIET) : Optional.empty();
            default -> Optional.empty();
        };
        gate.ifPresent(g -> {
            waived = true;
            command(key, "waive " + g, o -> o.waive(key, g, operator("cannot be shown")));
        });
    }

    private void supply(KeyName key) {
        KeyMaterial material = made.computeIfAbsent(key, _ -> newKey());
        if (run.api.isRevoked(material) || run.database.load(key).version(run.id(key, material))
                .filter(v -> v.stage() != Stage.CANDIDATE).isPresent()) {
            made.remove(key);
            return;
        }
        supply(key, material);
    }

    private boolean supply(KeyName key, KeyMaterial material) {
        run.promises.submitted.put(run.id(key, material), material);
        boolean taken = command(key, "supply", o -> o.supply(key, material, Optional.of("green"), operator("next")));
        if (taken) {
            run.promises.acknowledged.put(run.id(key, material), key);
        }
        return taken;
    }

    private void adopt(KeyName key) {
        run.store.current(key).ifPresent(k -> run.promises.submitted.put(run.id(key, k), k));
        boolean wasForeign = run.promises.foreign.remove(key);
        boolean done = command(key, "adopt", o -> o.adopt(key, Optional.of("red"), operator("that is right")));
        if (!done && wasForeign) {
            run.promises.foreign.add(key);
        }
    }

    private boolean isRefused(KeyName key, KeyState state) {
        return state.current().map(v -> run.promises.submitted.get(v.id())).filter(run.api::isRevoked).isPresent()
                && run.store.current(key).filter(run.api::isRevoked).isPresent();
    }

    /** Between rotations: adopts what others changed, replaces a key that is refused, revokes what is flagged. */
    private void tidy(KeyName key, KeyState state) {
        Engine engine = run.engine();
        boolean isForeign = engine != null
                && engine.alerts().stream().anyMatch(a -> a.alert().name() == AlertName.FOREIGN_CHANGE
                        && a.alert().key().equals(Optional.of(key)));
        if (isForeign) {
            adopt(key);
            return;
        }
        if (isRefused(key, state)) {
            command(key, "emergency", o -> o.start(key, true, operator("refused")));
            return;
        }
        for (KeyVersion version : state.leaving()) {
            KeyMaterial material = run.promises.submitted.get(version.id());
            if (version.stage() == Stage.FLAGGED && material != null && !run.api.isRevoked(material)) {
                run.say("person: revokes " + version.id().brief());
                run.api.revoke(material);
                retired.add(material);
            }
        }
        state.leaving().stream().filter(v -> v.stage() == Stage.RETIRING).filter(v -> lasts(v.id()))
                .forEach(v -> waiveFor(key, v.id()));
    }

    private boolean lasts(VersionId version) {
        long since = retiringSince.computeIfAbsent(version, _ -> run.clock.millis());
        return run.clock.millis() - since > PATIENCE + 3_000L * run.plan.quietSeconds();
    }

    /** What the status says cannot be shown of a version on its way out is accepted by name. */
    private void waiveFor(KeyName key, VersionId version) {
        Optional<KeyReport> report = Optional.ofNullable(run.engine()).flatMap(engine -> engine.report(key));
        List<GateReport> gates = report.map(r -> r.gates().getOrDefault(version, List.of())).orElse(List.of());
        gates.stream()
                .filter(gate -> !gate.isOpen() && (gate.gate() != Gate.QUIET || run.maySilenceBeUnseen())
                        && gate.gate() != Gate.PROPAGATION)
                .forEach(gate -> {
                    waived = true;
                    command(key, "waive " + gate.gate() + " of " + version.brief(), o -> o.waive(key, gate.gate(),
                            Optional.of(version.brief()), operator("cannot be shown")));
                });
    }

    /** One act out of turn. */
    void act(KeyName key, Act act) {
        KeyState state = run.database.load(key);
        run.say("person: act " + act);
        switch (act) {
            case START -> command(key, "start", o -> o.start(key, false, operator("planned")));
            case SUPPLY_CURRENT -> run.store.current(key).ifPresent(k -> mustBeRefused(key, k));
            case SUPPLY_RETIRED -> retired.stream().findFirst().ifPresent(k -> mustBeRefused(key, k));
            case SUPPLY_OF_ANOTHER_KEY -> run.keys().stream().filter(other -> !other.equals(key))
                    .flatMap(other -> run.store.current(other).stream()).findFirst()
                    .ifPresent(k -> mustBeRefused(key, k));
            case SUPPLY_UNKNOWN_TO_API -> supply(key, KeyMaterial.copyOf(
                    "jbe_live_wrong%010d".formatted(++number).getBytes(StandardCharsets.US_ASCII)));
            case APPROVE -> command(key, "approve", o -> o.approve(key, operator("fine")));
            case PAUSE -> command(key, "pause", o -> o.pause(key, operator("wait")));
            case RESUME -> command(key, "resume", o -> o.resume(key, operator("go on")));
            case ABORT -> command(key, "abort", o -> o.abort(key, operator("no")));
            case ROLLBACK -> command(key, "rollback", o -> o.rollback(key, operator("back")));
            case WAIVE -> {
                waived = true;
                command(key, "waive", o -> o.waive(key, dice.of(List.of(Gate.QUIET, Gate.SWITCH, Gate.WALLET)),
                        operator("no proof")));
            }
            case EMERGENCY -> {
                waived = true;
                command(key, "emergency", o -> o.start(key, true, operator("leak")));
            }
            case CONFIRM -> command(key, "confirm", o -> o.confirmRevoked(key, Optional.empty(), operator("done")));
            case ADOPT -> adopt(key);
            case PROBE_NOW -> command(key, "probe", o -> o.probe(key));
            case REVOKE_CURRENT -> run.store.current(key).ifPresent(run.api::revoke);
            case REVOKE_NEW -> state.openRotation().flatMap(Rotation::newVersion)
                    .map(id -> run.promises.submitted.get(id)).ifPresent(run.api::revoke);
            case REVOKE_LEAVING -> leaving(state).ifPresent(run.api::revoke);
            case USE_LEAVING -> leaving(state).ifPresent(run::useForAWhile);
            case STORE_BY_HAND -> byHand(key);
            case RESTART -> run.restart();
            case LOOK -> run.look();
        }
    }

    private Optional<KeyMaterial> leaving(KeyState state) {
        return state.leaving().stream().findFirst().map(v -> run.promises.submitted.get(v.id()));
    }

    private void byHand(KeyName key) {
        KeyMaterial material = newKey();
        run.promises.submitted.put(run.id(key, material), material);
        run.promises.foreign.add(key);
        run.store.byHand(key, run.id(key, material), material);
    }

    private void mustBeRefused(KeyName key, KeyMaterial material) {
        // The same value again, as after a lost answer, is no mistake.
        boolean isRepeat = run.database.load(key).rotation().flatMap(Rotation::newVersion)
                .equals(Optional.of(run.id(key, material)));
        if (supply(key, material) && !isRepeat) {
            run.promises.breaks("supply", "a key was taken in that had to be refused");
        }
    }
}
