package io.keywane.chaos;

import io.keywane.Rig;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.key.KeyMaterial;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An operator who repeats a request with the same id until a daemon that is killed now and then has answered it. */
final class Patient {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Set<ExitCode> NO_ANSWER = Set.of(ExitCode.UNREACHABLE, ExitCode.OUTCOME_UNKNOWN);

    private final Rig rig;

    Patient(Rig rig) {
        this.rig = rig;
    }

    /** The first answer, whatever it says. */
    ControlReply ask(ControlRequest request, Optional<KeyMaterial> secret) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return secret.isPresent() ? rig.client().call(request, secret.get()) : rig.client().call(request);
            } catch (ControlException e) {
                if (!NO_ANSWER.contains(e.exit()) || Instant.now().isAfter(end)) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }
}
