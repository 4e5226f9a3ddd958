package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.usage.SilentSpan.Cause;
import io.keywane.usage.SilentSpan.Hole;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SilentSpanTest {
    @Test
    void intersect_acrossBoots_isNone() {
        SilentSpan other = new SilentSpan(at("boot-2", 5), at("boot-2", 20));

        assertThat(span(0, 10).intersect(other)).isEmpty();
    }

    @Test
    void intersect_isWhatLiesInBoth() {
        assertThat(span(0, 10).intersect(span(5, 20))).contains(span(5, 10));
        assertThat(span(5, 20).intersect(span(0, 10))).contains(span(5, 10));
        assertThat(span(0, 10).intersect(span(10, 20))).isEmpty();
        assertThat(span(10, 20).intersect(span(0, 10))).isEmpty();
        assertThat(span(0, 10).intersect(span(0, 10)).orElseThrow().length()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void intersect_keepsTheHolesOfBothThatLieInIt() {
        SilentSpan one = span(0, 100, hole(10, 20), hole(50, 60), hole(90, 95));
        SilentSpan two = span(20, 90, hole(55, 70));

        SilentSpan both = one.intersect(two).orElseThrow();

        assertThat(both).isEqualTo(span(20, 90, hole(50, 60), hole(55, 70)));
        assertThat(two.intersect(one)).contains(both);
        assertThat(both.length()).isEqualTo(Duration.ofSeconds(70 - 20));
    }

    @Test
    void length_leavesOutHoles_onceEach() {
        assertThat(span(0, 100, hole(10, 20), hole(15, 30)).length()).isEqualTo(Duration.ofSeconds(80));
        assertThat(span(0, 100, hole(10, 30), hole(15, 20)).length()).isEqualTo(Duration.ofSeconds(80));
        assertThat(span(0, 100, hole(10, 20), hole(20, 30)).length()).isEqualTo(Duration.ofSeconds(80));
    }

    @Test
    void length_leavesOutThePartOfAHoleThatLiesInside() {
        assertThat(span(15, 100, hole(10, 20)).length()).isEqualTo(Duration.ofSeconds(80));
        assertThat(span(0, 15, hole(10, 20)).length()).isEqualTo(Duration.ofSeconds(10));
        assertThat(span(0, 10, hole(10, 20)).length()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void withAtMost_isTheLatestPartWithFewEnoughHoles() {
        SilentSpan span = span(0, 1_000, hole(100, 160), tail(200, 205), hole(500, 540), hole(800, 810));

        assertThat(span.withAtMost(Cause.LOST_REPLY, Duration.ofSeconds(110))).isEqualTo(span);
        assertThat(span.withAtMost(Cause.LOST_REPLY, Duration.ofSeconds(109)))
                .isEqualTo(span(160, 1_000, tail(200, 205), hole(500, 540), hole(800, 810)));
        assertThat(span.withAtMost(Cause.LOST_REPLY, Duration.ofSeconds(10)))
                .isEqualTo(span(540, 1_000, hole(800, 810)));
        assertThat(span.withAtMost(Cause.LOST_REPLY, Duration.ZERO)).isEqualTo(span(810, 1_000));
        assertThat(span.unseen(Cause.WINDOW_END)).isEqualTo(Duration.ofSeconds(5));
    }

    /** Another group's silence may end within a hole: the part behind that hole is empty, and the search must end there. */
    @Test
    void withAtMost_aHoleThatReachesBeyondTheEnd_leavesWhatLiesBehindIt() {
        SilentSpan cut = span(0, 500, hole(450, 600));

        assertThat(cut.withAtMost(Cause.LOST_REPLY, Duration.ofSeconds(150))).isEqualTo(cut);
        assertThat(cut.withAtMost(Cause.LOST_REPLY, Duration.ofSeconds(149)).length()).isZero();
    }

    @Test
    void withAtMost_ofAHoleThatOutlastsTheSpan_leavesNothing() {
        SilentSpan span = span(0, 1_000, hole(100, 120), hole(950, 1_100));

        assertThat(span.withAtMost(Cause.LOST_REPLY, Duration.ofSeconds(10))).isEqualTo(span(1_000, 1_000));
    }

    @Test
    void after_aMoment_isWhatLiesBehindIt() {
        SilentSpan span = span(10, 100);

        assertThat(span.after(at("boot-1", 9))).contains(span);
        assertThat(span.after(at("boot-1", 10))).contains(span);
        assertThat(span.after(at("boot-1", 11))).contains(span(11, 100));
        assertThat(span.after(at("boot-1", 99))).contains(span(99, 100));
        assertThat(span.after(at("boot-1", 100))).isEmpty();
        assertThat(span.after(at("boot-2", 99))).contains(span);
    }

    @Test
    void span_thatEndsBeforeItBegins_cannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> span(10, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> hole(10, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> new SilentSpan(at("boot-1", 0), at("boot-2", 9)));
        assertThat(span(9, 9).length()).isZero();
    }

    @Test
    void cause_hasAWordAndASentence() {
        assertThat(Cause.LOST_REPLY.word()).isEqualTo("lost_reply");
        assertThat(Cause.WINDOW_END.sentence()).contains("fixed window");
    }

    private static SilentSpan span(long from, long to, Hole... holes) {
        return new SilentSpan(at("boot-1", from), at("boot-1", to), List.of(holes));
    }

    private static Hole hole(long from, long to) {
        return new Hole(Cause.LOST_REPLY, at("boot-1", from), at("boot-1", to), 1);
    }

    private static Hole tail(long from, long to) {
        return new Hole(Cause.WINDOW_END, at("boot-1", from), at("boot-1", to), 0);
    }

    private static Moment at(String boot, long seconds) {
        return new Moment(boot, Duration.ofSeconds(seconds), Instant.EPOCH.plusSeconds(seconds));
    }
}
