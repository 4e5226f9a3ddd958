package io.keywane.demo;

import io.keywane.control.GateStatus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What the demonstration showed; its JSON is the interface that tests use.
 *
 * @param version of this form
 * @param passed whether nothing was refused, the flag came after the last use, and the revocation was confirmed
 * @param problems what is wrong, for people; empty if passed
 */
record DemoSummary(
        int version,
        boolean passed,
        List<String> problems,
        Consumers consumers,
        Rotation rotation,
        Timeline.Phases phases,
        Wallet wallet) {
    private static final int VERSION = 1;

    DemoSummary {
        problems = List.copyOf(problems);
        requireNonNull(consumers, "consumers is null");
        requireNonNull(rotation, "rotation is null");
        requireNonNull(phases, "phases is null");
        requireNonNull(wallet, "wallet is null");
    }

    /** The summary with its verdict. */
    static DemoSummary of(
            Consumers consumers,
            String state,
            Timeline timeline,
            long oldKeyRefusals,
            List<Gate> evidence,
            Wallet wallet) {
        List<String> problems = problems(consumers, timeline, oldKeyRefusals);
        Rotation rotation = new Rotation(state, timeline.rotationBegan(), timeline.promotedAt(),
                timeline.oldKeyLastUse(), timeline.flaggedAt(), timeline.confirmedRevokedAt(), oldKeyRefusals,
                evidence);
        return new DemoSummary(VERSION, problems.isEmpty(), problems, consumers, rotation, timeline.phases(), wallet);
    }

    private static List<String> problems(Consumers consumers, Timeline timeline, long oldKeyRefusals) {
        List<String> problems = new ArrayList<>();
        if (consumers.requests() == 0) {
            problems.add("consumers made no request");
        }
        if (consumers.refused() != 0) {
            problems.add(consumers.refused() + " requests of consumers were refused");
        }
        if (!timeline.flaggedAt().isAfter(timeline.oldKeyLastUse())) {
            problems.add("the old key was flagged at " + timeline.flaggedAt() + ", but used at "
                    + timeline.oldKeyLastUse());
        }
        if (oldKeyRefusals == 0) {
            problems.add("the revocation was confirmed, but the API never refused the old key");
        }
        return problems;
    }

    /**
     * What consumers did.
     *
     * @param count how many there were
     * @param requests requests made, as they counted
     * @param refused requests without success, as they or the API counted, whichever is more
     * @param recorded requests that the API saw
     */
    record Consumers(int count, long requests, long refused, long recorded) {}

    /**
     * The rotation.
     *
     * @param oldKeyLastUse by consumers, as the API saw it
     * @param oldKeyRefusals requests that the API answered with 401 on the old key
     * @param evidence the conditions of the flag, as they stood when the old key was found drained
     */
    record Rotation(
            String state,
            Instant beganAt,
            Instant promotedAt,
            Instant oldKeyLastUse,
            Instant flaggedAt,
            Instant confirmedRevokedAt,
            long oldKeyRefusals,
            List<Gate> evidence) {
        Rotation {
            requireNonNull(state, "state is null");
            evidence = List.copyOf(evidence);
        }
    }

    /** A condition of the flag, and what showed that it was met. */
    record Gate(String gate, boolean met, boolean waived, String required, String known) {
        static Gate of(GateStatus status) {
            return new Gate(status.gate(), status.met(), status.waived(), status.required(), status.known());
        }
    }

    /** Credits of the organisation. */
    record Wallet(long before, long after, long spent) {
        static Wallet of(long before, long after) {
            return new Wallet(before, after, before - after);
        }
    }

    /** All problems in one sentence. */
    Optional<String> failure() {
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }
}
