package io.keywane.engine;

import io.keywane.alert.Acknowledgement;
import io.keywane.alert.ActiveAlert;
import io.keywane.alert.Alert;
import io.keywane.alert.AlertName;
import io.keywane.alert.Notice;
import io.keywane.key.OrganisationName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is told what and when, in virtual time. */
class AlertPushTest {
    private final TestingClock clock = new TestingClock();
    private final TestingStates states = new TestingStates(new Crash());
    private final RecordingSink repeated = new RecordingSink(AlertSink.Style.REPEATED);
    private final RecordingSink once = new RecordingSink(AlertSink.Style.ONCE);
    private List<ActiveAlert> firing = List.of();
    private List<AlertPush> pushes = pushes();

    private static final class RecordingSink implements AlertSink {
        private final Style style;
        private final List<List<String>> sent = new ArrayList<>();
        private boolean fails;
        private int tries;

        RecordingSink(Style style) {
            this.style = style;
        }

        @Override
        public String name() {
            return style.name();
        }

        @Override
        public Style style() {
            return style;
        }

        @Override
        public void send(List<Notice> notices, Instant now) throws IOException {
            tries++;
            if (fails) {
                throw new IOException("asked for by the test");
            }
            sent.add(notices.stream().map(Notice::token).map(token -> token.replaceFirst(".*/", "")).toList());
        }
    }

    @Test
    void alert_thatFires_isRepeatedEveryMinuteThereAndToldOnceHere() {
        firing = List.of(alert());
        run(Duration.ofSeconds(190));

        assertThat(repeated.sent).hasSize(4).allMatch(List.of("fires")::equals);
        assertThat(once.sent).containsExactly(List.of("fires"));
    }

    @Test
    void alert_thatEnds_isResolvedAtOnceAndForFiveMinutes() {
        firing = List.of(alert());
        run(Duration.ofSeconds(30));
        firing = List.of();
        repeated.sent.clear();
        run(Duration.ofMinutes(10));

        assertThat(repeated.sent.stream().filter(List.of("ended")::equals)).hasSize(5);
        assertThat(repeated.sent.getLast()).isEmpty();
        assertThat(once.sent).containsExactly(List.of("fires"), List.of("ended"));
    }

    @Test
    void restart_repeatsNothingToWhoWasTold_andStillTellsTheEnd() {
        firing = List.of(alert());
        run(Duration.ofSeconds(30));
        pushes = pushes();
        run(Duration.ofSeconds(30));
        assertThat(once.sent).hasSize(1);

        pushes.forEach(AlertPush::round);
        firing = List.of();
        pushes = pushes();
        run(Duration.ofSeconds(30));
        assertThat(once.sent).containsExactly(List.of("fires"), List.of("ended"));
        assertThat(repeated.sent.getLast()).isEqualTo(List.of("ended"));
    }

    @Test
    void place_thatDoesNotAnswer_isToldLater() {
        once.fails = true;
        firing = List.of(alert());
        run(Duration.ofSeconds(30));
        once.fails = false;
        run(Duration.ofSeconds(30));

        assertThat(once.sent).containsExactly(List.of("fires"));
    }

    @Test
    void place_thatDoesNotAnswer_isAskedEveryTenSecondsOnly() {
        repeated.fails = true;
        firing = List.of(alert());
        run(Duration.ofSeconds(35));

        assertThat(repeated.tries).isEqualTo(4);
    }

    @Test
    void alert_thatFiresAgain_isNotEndedByItsFormerEnd() {
        firing = List.of(alert());
        run(Duration.ofSeconds(30));
        firing = List.of();
        run(Duration.ofSeconds(30));
        firing = List.of(alert());
        run(Duration.ofSeconds(70));

        assertThat(repeated.sent.getLast()).containsExactly("fires");
        assertThat(once.sent).containsExactly(List.of("fires"), List.of("ended"), List.of("fires"));
    }

    @Test
    void whatWasKept_ofAnUnknownForm_isForgotten() {
        states.setting("push/" + repeated.name() + "/firing", "something else");
        pushes = pushes();
        firing = List.of(alert());
        run(Duration.ofSeconds(1));

        assertThat(repeated.sent).containsExactly(List.of("fires"));
    }

    @Test
    void alert_thatSomebodyHasTakenOn_isNoNews() {
        firing = List.of(alert().acknowledged(new Acknowledgement("anna", TestingClock.START, "")));
        run(Duration.ofSeconds(30));
        firing = List.of();
        run(Duration.ofSeconds(30));

        assertThat(once.sent).isEmpty();
        assertThat(repeated.sent).isNotEmpty();
    }

    private List<AlertPush> pushes() {
        return Stream.of(repeated, once)
                .map(sink -> new AlertPush(() -> firing, states, clock, new SilentTelemetry(), sink)).toList();
    }

    private void run(Duration span) {
        for (long second = 0; second < span.toSeconds(); second++) {
            pushes.forEach(AlertPush::round);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private ActiveAlert alert() {
        return new ActiveAlert(new Alert(AlertName.CREDITS_LOW, Optional.empty(), new OrganisationName("acme"),
                "5 credits are left", "keywane keys list", Optional.empty()), clock.now(), Optional.empty());
    }
}
