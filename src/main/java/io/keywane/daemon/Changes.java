package io.keywane.daemon;

import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.TypedCommand;
import io.keywane.engine.Change;
import io.keywane.engine.Plan;
import io.keywane.engine.PlanId;
import io.keywane.key.KeyMaterial;
import io.keywane.rotation.Gate;

import java.util.Optional;
import java.util.stream.Stream;

/** Reads from a request what is to be changed, and on which plan. */
final class Changes {
    private Changes() {}

    /** The change that a verb asks for; empty where it is none of a rotation. */
    static Optional<Change> of(ControlRequest request, Optional<KeyMaterial> secret) {
        return switch (request.verb()) {
            case KEYS_IMPORT -> Optional
                    .of(new Change.TakeFirst(secret.orElseThrow(), request.text(Argument.DASHBOARD_NAME)));
            case ROTATION_START -> Optional.of(new Change.Start(request.flag(Argument.EMERGENCY)));
            case ROTATION_SUPPLY -> Optional
                    .of(new Change.Supply(secret.orElseThrow(), request.text(Argument.DASHBOARD_NAME)));
            case ROTATION_APPROVE -> Optional.of(new Change.Approve());
            case ROTATION_PAUSE -> Optional.of(new Change.Pause());
            case ROTATION_RESUME -> Optional.of(new Change.Resume());
            case ROTATION_ABORT -> Optional.of(new Change.Abort());
            case ROTATION_ROLLBACK -> Optional.of(new Change.Rollback());
            case ROTATION_ADOPT -> Optional.of(new Change.Adopt(request.text(Argument.DASHBOARD_NAME)));
            case ROTATION_WAIVE -> Optional.of(new Change.Waive(gate(request), request.text(Argument.VERSION)));
            case ROTATION_CONFIRM_REVOKED -> Optional.of(new Change.ConfirmRevoked(request.text(Argument.VERSION)));
            case CALIBRATE, ALERTS_ACK, ALERTS_MAINTENANCE, KEYS_LIST, KEYS_SHOW, KEYS_PROBE, ROTATION_STATUS,
                    CALIBRATION, USAGE, USAGE_SERIES, KEYS_FINDINGS, ALERTS_LIST, ALERTS_SHOW, REPORT, AUDIT_TAIL,
                    AUDIT_VERIFY, EVIDENCE_LIST, EVIDENCE_EXPORT, STORE_CHECK, DOCTOR, VERSION ->
                Optional.empty();
        };
    }

    /** The plan that was agreed to, if one was. */
    static Optional<Plan.Agreed> plan(ControlRequest request) {
        return request.text(Argument.PLAN).map(text -> {
            try {
                return new Plan.Agreed(PlanId.parse(text), TypedCommand.of(request) + " --dry-run");
            } catch (IllegalArgumentException e) {
                throw new ControlException(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
            }
        });
    }

    private static Gate gate(ControlRequest request) {
        String word = request.text(Argument.GATE).orElse("");
        return Stream.of(Gate.values()).filter(gate -> gate.word().equals(word)).findFirst()
                .orElseThrow(() -> new ControlException(ExitCode.USAGE, "there is no gate \"" + word + "\"",
                        "gates: " + String.join(", ", Stream.of(Gate.values()).map(Gate::word).toList())));
    }
}
