package io.keywane.demo;

import io.keywane.control.GateStatus;
import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class WaitTextTest {
    private static final GateStatus MET = gate("propagation", true, false);
    private static final GateStatus CLOSED = gate("quiet", false, false);
    private static final GateStatus WAIVED = gate("switch", false, true);

    private static GateStatus gate(String word, boolean met, boolean waived) {
        Optional<String> missing = met ? Optional.empty() : Optional.of("12s of silence");
        return new GateStatus(word, met, waived, Optional.empty(), "required", "known", missing, Optional.empty(),
                Optional.empty());
    }

    private static RotationStatus status(String state, boolean over, GateStatus... gates) {
        RotationSummary rotation = new RotationSummary("r-1", "operator", state, over, false, "probing",
                "the new key is being proven", Instant.EPOCH, Instant.EPOCH, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
        return new RotationStatus(Names.KEY, Optional.of(rotation), Optional.empty(), List.of(), List.of(gates),
                List.of(),
                List.of(), List.of(), List.of());
    }

    @Test
    void waitsFor_closedGates_namesThoseThatAreNeitherMetNorWaived() {
        RotationStatus status = status("draining", false, MET, CLOSED, WAIVED);

        assertThat(WaitText.state(status)).isEqualTo("draining");
        assertThat(WaitText.waitsFor(status)).containsExactly("quiet: 12s of silence");
    }

    @Test
    void waitsFor_noGates_tellsTheRotationsReason() {
        assertThat(WaitText.waitsFor(status("staged", false))).containsExactly("the new key is being proven");
    }

    @Test
    void waitsFor_over_isNothing() {
        assertThat(WaitText.waitsFor(status("flagged", true, MET))).isEmpty();
    }
}
