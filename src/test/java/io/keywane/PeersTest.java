package io.keywane;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PeersTest {

    @Test
    void require_present_returnsItEitherWay() {
        Path path = Path.of("absent-peer");
        assertThat(Peers.require("absent-peer", Optional.of(path), false)).isEqualTo(path);
        assertThat(Peers.require("absent-peer", Optional.of(path), true)).isEqualTo(path);
    }

    @Test
    void require_absent_skips() {
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> Peers.require("absent-peer", Optional.empty(), false))
                .withMessageContaining("the peer absent-peer is not on this machine");
    }

    @Test
    void require_absentButDemanded_fails() {
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(() -> Peers.require("absent-peer", Optional.empty(), true))
                .withMessage("the peer absent-peer is not on this machine, and KEYWANE_REQUIRE_PEERS=1 asks for it");
    }

    @Test
    void onPath_program_isFoundOrNot() {
        assertThat(Peers.onPath("sh")).isPresent();
        assertThat(Peers.onPath("no-such-program-anywhere")).isEmpty();
    }
}
