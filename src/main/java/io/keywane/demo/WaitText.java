package io.keywane.demo;

import io.keywane.control.GateStatus;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;

import java.util.List;

/** A rotation's state and what it waits for, in a few words. */
final class WaitText {
    private WaitText() {}

    static String state(RotationStatus status) {
        return status.rotation().map(RotationSummary::state).orElse("none");
    }

    /** The gates that are still closed; without any the rotation's own words. */
    static List<String> waitsFor(RotationStatus status) {
        List<String> gates = status.gates().stream().filter(gate -> !gate.met() && !gate.waived()).map(WaitText::gate)
                .toList();
        boolean over = status.rotation().map(RotationSummary::over).orElse(true);
        if (over || !gates.isEmpty()) {
            return gates;
        }
        return status.rotation().map(RotationSummary::reasonSentence).stream().toList();
    }

    private static String gate(GateStatus gate) {
        return gate.gate() + ": " + gate.missing().orElse(gate.known());
    }
}
