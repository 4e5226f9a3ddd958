package io.keywane.usage;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

final class LastUseTest {
    private static final Moment FLAG = at("one", 100);

    @Test
    void isAfter_onlyWhatBeganAfterTheMoment() {
        assertThat(useSince(at("one", 99)).isAfter(FLAG, at("one", 200))).isFalse();
        assertThat(useSince(at("one", 100)).isAfter(FLAG, at("one", 200))).isTrue();
    }

    @Test
    void isAfter_overARestartOfTheHost_onlyWhatBeganInThisBoot() {
        assertThat(useSince(at("two", -1)).isAfter(FLAG, at("two", 200))).isFalse();
        assertThat(useSince(at("two", 0)).isAfter(FLAG, at("two", 200))).isTrue();
    }

    @Test
    void isAfter_inTheBootOfTheMoment_aWindowMayReachBeyondIt() {
        assertThat(useSince(at("one", -1)).isAfter(at("one", -2), at("one", 200))).isTrue();
    }

    private static LastUse useSince(Moment earliest) {
        return new LastUse(earliest, earliest.plus(Duration.ofSeconds(62)));
    }

    private static Moment at(String boot, long second) {
        return new Moment(boot, Duration.ofSeconds(second), Instant.parse("2026-03-02T00:00:00Z").plusSeconds(second));
    }
}
