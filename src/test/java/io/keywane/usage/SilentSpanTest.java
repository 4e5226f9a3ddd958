package io.keywane.usage;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SilentSpanTest {
    @Test
    void join_ofSpansThatMeet_isOne() {
        assertThat(span(0, 10).join(span(10, 20))).contains(span(0, 20));
        assertThat(span(0, 10).join(span(5, 8))).contains(span(0, 10));
        assertThat(span(5, 10).join(span(0, 6))).contains(span(0, 10));
    }

    @Test
    void join_acrossAGap_isNone() {
        assertThat(span(0, 10).join(span(11, 20))).isEmpty();
        assertThat(span(11, 20).join(span(0, 10))).isEmpty();
    }

    @Test
    void join_acrossBoots_isNone() {
        SilentSpan other = new SilentSpan(at("boot-2", 5), at("boot-2", 20));

        assertThat(span(0, 10).join(other)).isEmpty();
        assertThat(span(0, 10).intersect(other)).isEmpty();
    }

    @Test
    void intersect_isWhatLiesInBoth() {
        assertThat(span(0, 10).intersect(span(5, 20))).contains(span(5, 10));
        assertThat(span(0, 10).intersect(span(10, 20))).isEmpty();
        assertThat(span(0, 10).intersect(span(0, 10)).orElseThrow().length()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void span_thatEndsBeforeItBegins_cannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> span(10, 9));
        assertThatIllegalArgumentException().isThrownBy(() -> new SilentSpan(at("boot-1", 0), at("boot-2", 9)));
    }

    private static SilentSpan span(long from, long to) {
        return new SilentSpan(at("boot-1", from), at("boot-1", to));
    }

    private static Moment at(String boot, long seconds) {
        return new Moment(boot, Duration.ofSeconds(seconds), Instant.EPOCH.plusSeconds(seconds));
    }
}
