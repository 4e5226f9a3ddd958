package io.keywane.daemon;

import io.keywane.control.GateStatus;
import io.keywane.control.IntakeStatus;
import io.keywane.control.RotationStatus;
import io.keywane.control.TellingStatus;
import io.keywane.engine.IntakeReport;
import io.keywane.engine.KeyReport;
import io.keywane.engine.TellingReport;
import io.keywane.engine.WaysOut;
import io.keywane.rotation.Assumption;
import io.keywane.rotation.KeyState;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from the engine what a rotation waits for, and what a person may type. */
final class StatusReading {
    private StatusReading() {}

    static RotationStatus of(KeyReport report) {
        KeyState state = report.state();
        List<GateStatus> gates = new ArrayList<>();
        WaysOut.watched(report).ifPresent(version -> WaysOut.gates(report, version)
                .forEach(gate -> gates.add(WireVersions.gate(gate, state.rotation()))));
        return new RotationStatus(report.settings().name().value(),
                state.rotation().map(r -> WireVersions.rotation(r, state)),
                state.current().map(v -> WireVersions.version(v, state)),
                state.leaving().stream().map(v -> WireVersions.version(v, state)).toList(), gates,
                WireVersions.evidence(report), WireVersions.probing(report), WaysOut.of(report),
                gates.isEmpty()
                        ? List.of()
                        : Stream.of(Assumption.values()).map(a -> a.name() + " " + a.sentence()).toList(),
                report.intake().map(StatusReading::intake), report.evidenceFailure(),
                report.telling().map(StatusReading::telling),
                report.maintenance().map(WireVersions::maintenance));
    }

    private static TellingStatus telling(TellingReport report) {
        return new TellingStatus(report.program(), report.isTold(), report.at(), report.vain(),
                Optional.of(report.detail()).filter(detail -> !detail.isEmpty()));
    }

    private static IntakeStatus intake(IntakeReport report) {
        return new IntakeStatus(report.source(), report.finding().word(), report.finding().sentence(),
                Optional.of(report.detail()).filter(detail -> !detail.isEmpty()), report.lookedAt());
    }
}
