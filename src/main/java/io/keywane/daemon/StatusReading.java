package io.keywane.daemon;

import io.keywane.control.GateStatus;
import io.keywane.control.RotationStatus;
import io.keywane.engine.KeyReport;
import io.keywane.key.Stage;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads from the engine what a rotation waits for, and what a person may type. */
final class StatusReading {
    /** What no header can show; every proof rests on it. */
    private static final List<String> ASSUMPTIONS = List.of(
            "A1 the API keeps one counter per key and group, world-wide",
            "A2 a counted request shows in the headers within one probe interval",
            "A3 the limiter's clock and the Date header run alike",
            "A4 the counter is not wiped",
            "A5 what the limiter does not count is invisible: consumers whose every call is refused look silent",
            "A6 the windows are as they were calibrated, or as the configuration declares them; holders who sleep longer than the quiet period are not seen");

    private StatusReading() {}

    static RotationStatus of(KeyReport report) {
        KeyState state = report.state();
        List<GateStatus> gates = new ArrayList<>();
        watched(report).ifPresent(version -> gatesOf(report, version)
                .forEach(gate -> gates.add(WireVersions.gate(gate, state.rotation()))));
        return new RotationStatus(report.settings().name().value(),
                state.rotation().map(r -> WireVersions.rotation(r, state)),
                state.current().map(v -> WireVersions.version(v, state)),
                state.leaving().stream().map(v -> WireVersions.version(v, state)).toList(), gates,
                WireVersions.evidence(report), WireVersions.probing(report), toType(report),
                gates.isEmpty() ? List.of() : ASSUMPTIONS);
    }

    /** The leaving version of the latest rotation, else the latest that leaves. */
    private static Optional<KeyVersion> watched(KeyReport report) {
        KeyState state = report.state();
        return state.rotation().flatMap(Rotation::oldVersion).flatMap(state::version).filter(v -> v.stage().isLeaving())
                .or(() -> state.leaving().stream().reduce((a, b) -> b));
    }

    private static List<GateReport> gatesOf(KeyReport report, KeyVersion version) {
        return version.evidence().isEmpty() ? report.gates().getOrDefault(version.id(), List.of()) : version.evidence();
    }

    private static List<String> toType(KeyReport report) {
        String key = report.settings().name().value();
        List<String> lines = new ArrayList<>();
        Optional<Rotation> open = report.state().openRotation();
        open.ifPresent(rotation -> lines.addAll(switch (rotation.reason()) {
            case PAUSED_BY_OPERATOR -> List.of("keywane rotation resume " + key);
            case WAITS_FOR_KEY, STARTED_BY_AGE, STARTED_BY_OPERATOR, STARTED_FOR_EMERGENCY ->
                List.of("keywane rotation supply " + key, "keywane rotation abort " + key);
            case WAITS_FOR_APPROVAL -> List.of("keywane rotation approve " + key, "keywane rotation abort " + key);
            case WAITS_FOR_SILENCE, WAITS_FOR_SWITCH, WAITS_FOR_WALLET ->
                List.of("keywane rotation waive " + key + " --gate " + firstMissing(report) + " --reason TEXT",
                        "keywane rotation rollback " + key);
            case OLD_KEY_NOT_ACCEPTED -> List.of("keywane rotation resume " + key);
            case STORE_FAILING, FOREIGN_CHANGE -> List.of("keywane doctor");
            default -> List.of();
        }));
        if (open.isEmpty() && report.state().leaving().stream().anyMatch(v -> v.stage() == Stage.FLAGGED)) {
            lines.add(
                    "revoke the flagged key in the vendor's dashboard, then: keywane rotation confirm-revoked " + key);
        }
        return lines;
    }

    private static String firstMissing(KeyReport report) {
        return watched(report).stream().flatMap(v -> gatesOf(report, v).stream()).filter(g -> !g.isOpen())
                .map(g -> g.gate().word()).findFirst().orElse("quiet");
    }
}
