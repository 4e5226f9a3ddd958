package io.keywane.cli;

import io.keywane.control.CannedResults;
import io.keywane.control.ControlReply;
import io.keywane.control.ExitCode;
import io.keywane.control.FakeDaemon;
import io.keywane.control.RotationStatus;
import io.keywane.control.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class RotationWatchTest {
    private static final String GATES = " [missing: quiet]";
    private static final String WHY = ", waits until the old key has been silent for its quiet period";

    @TempDir
    private Path directory;

    @Test
    void watch_changes_printsEachOnceAndEndsWhenFlagged() throws IOException {
        try (FakeDaemon _ = telling("verified", "verified", "draining", "draining", "draining", "flagged")) {
            Run run = Run.of(socket(), "rotation", "watch", "search-production");

            assertThat(run.outLines()).containsExactly(
                    "2026-11-24T12:30:00Z  search-production: verified" + WHY + GATES,
                    "2026-11-24T12:30:00Z  search-production: draining" + WHY + GATES,
                    "2026-11-24T12:30:00Z  search-production: flagged" + WHY + GATES);
            assertThat(run.exit()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void watch_json_isOneLineForEachChange() throws IOException {
        try (FakeDaemon _ = telling("draining", "draining", "flagged")) {
            Run run = Run.of(socket(), "rotation", "watch", "search-production", "--output", "json");

            assertThat(run.outLines().stream()
                    .map(line -> JsonMapper.shared().readTree(line).at("/rotation/state").stringValue()))
                    .containsExactly("draining", "flagged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aborted", "rejected", "rolled_back", "superseded"})
    void watch_otherEnd_isExit1WithTheReason(String state) throws IOException {
        try (FakeDaemon _ = telling(state)) {
            Run run = Run.of(socket(), "rotation", "watch", "search-production");

            assertThat(run.exit()).isEqualTo(1);
            assertThat(run.err()).isEqualTo("keywane: the rotation of search-production ended " + state
                    + ": waits until the old key has been silent for its quiet period\n");
        }
    }

    @Test
    void watch_neverRotated_isNotFound() throws IOException {
        RotationStatus none = new RotationStatus("search-production", Optional.empty(), Optional.empty(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of());
        try (FakeDaemon _ = new FakeDaemon(socket(), _ -> ControlReply.done(none))) {
            Run run = Run.of(socket(), "rotation", "watch", "search-production");

            assertThat(run.exit()).isEqualTo(5);
            assertThat(run.err().lines()).containsExactly("keywane: search-production has no rotation",
                    "hint: begin one: keywane rotation start search-production");
            assertThat(Run.of(socket(), "rotation", "status", "search-production").out())
                    .isEqualTo("search-production: no rotation yet\n");
        }
    }

    @Test
    void watch_unknownKey_isTheDaemonsAnswer() throws IOException {
        try (FakeDaemon _ = new FakeDaemon(socket(),
                _ -> ControlReply.failed(ExitCode.NOT_FOUND, "no key a is configured", ""))) {
            assertThat(Run.of(socket(), "rotation", "watch", "a").exit()).isEqualTo(5);
        }
    }

    @Test
    void watch_daemonAwayForAMoment_goesOn() throws IOException {
        Iterator<String> states = List.of("draining", "away", "away", "flagged").iterator();
        try (FakeDaemon _ = new FakeDaemon(socket(), _ -> status(states.next()))) {
            Run run = Run.of(socket(), "rotation", "watch", "search-production");

            assertThat(run.exit()).isZero();
            assertThat(run.err().lines()).containsExactly("keywane: the daemon at " + socket()
                    + " took rotation.status but did not answer; still trying", "keywane: the daemon answers again");
        }
    }

    @Test
    void startWithWait_flagged_printsBothAndIsDone() throws IOException {
        try (FakeDaemon _ = telling("awaiting_key", "draining", "flagged")) {
            Run run = Run.of(socket(), "rotation", "start", "search-production", "--wait", "1m");

            assertThat(run.exit()).isZero();
            assertThat(run.outLines()).contains("done: rotation.start")
                    .contains("search-production: flagged" + WHY);
            assertThat(run.err()).contains("search-production: awaiting_key").contains("search-production: draining");
        }
    }

    @Test
    void startWithWait_tooLong_isExit8() throws IOException {
        try (FakeDaemon daemon = telling("awaiting_key")) {
            Run run = Run.of(socket(), "rotation", "start", "search-production", "--wait", "1s");

            assertThat(run.exit()).isEqualTo(8);
            assertThat(run.err().lines()).endsWith(
                    "keywane: the wait is over, the rotation of search-production is not: it goes on",
                    "hint: look: keywane rotation status search-production");
            assertThat(daemon.requests()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void startWithWait_json_isTwoDocuments() throws IOException {
        try (FakeDaemon _ = telling("flagged")) {
            Run run = Run.of(socket(), "rotation", "start", "search-production", "--wait", "1m", "-o", "json");

            assertThat(JsonMapper.shared().readerFor(Map.class).readValues(run.out()).readAll()).hasSize(2);
        }
    }

    /** A daemon whose rotation goes through these states, one for each look; it stays in the last. */
    private FakeDaemon telling(String... states) throws IOException {
        Iterator<String> left = List.of(states).iterator();
        String[] now = new String[1];
        return new FakeDaemon(socket(), incoming -> {
            if (incoming.request().verb() != Verb.ROTATION_STATUS) {
                return ControlReply.done(CannedResults.of(incoming.request().verb()));
            }
            now[0] = left.hasNext() ? left.next() : now[0];
            return status(now[0]);
        });
    }

    private static ControlReply status(String state) {
        if (state.equals("away")) {
            return FakeDaemon.HANG_UP;
        }
        boolean over = List.of("flagged", "aborted", "rejected", "rolled_back", "superseded").contains(state);
        return ControlReply.done(CannedResults.status(CannedResults.rotation(state, over)));
    }

    private Path socket() {
        return directory.resolve("s");
    }
}
