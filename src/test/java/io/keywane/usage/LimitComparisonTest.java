package io.keywane.usage;

import io.keywane.usage.LimitComparison.Verdict;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Another limit is a proof only for a window of the same length. */
class LimitComparisonTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration JUST_NOW = Duration.ofSeconds(5);
    private static final List<WindowModel> WINDOWS = List.of(window(1_200, Duration.ofMinutes(1), Kind.ROLLING),
            window(36_000, Duration.ofHours(1), Kind.ROLLING));

    @Test
    void sameLimit_isTheSame() {
        assertThat(compare(WINDOWS, shown(1_200, 30), shown(1_200, 60), JUST_NOW)).isEqualTo(Verdict.SAME);
    }

    /** The new key's Reset lies one window after its first request: from 51 (5 s ago, and the edge) to 64 s from now. */
    @ParameterizedTest
    @CsvSource({"60, DIFFERENT", "55, DIFFERENT", "51, UNKNOWN", "52, DIFFERENT", "63, DIFFERENT", "64, UNKNOWN",
        "3600, UNKNOWN", "20, UNKNOWN"})
    void otherLimit_isAProofWhereTheWindowIsAsLong(int reset, Verdict verdict) {
        assertThat(compare(WINDOWS, shown(1_200, 30), shown(600, reset), JUST_NOW)).isEqualTo(verdict);
    }

    @Test
    void otherLimit_ofAnHour_isFoundByTheHour() {
        assertThat(compare(WINDOWS, shown(36_000, 30), shown(18_000, 3_597), JUST_NOW)).isEqualTo(Verdict.DIFFERENT);
    }

    @Test
    void otherLimit_onAKeyUsedForLong_provesNothing() {
        assertThat(compare(WINDOWS, shown(1_200, 30), shown(600, 60), Duration.ofSeconds(16)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void otherLimit_whereNothingIsKnownOfTheWindows_provesNothing() {
        assertThat(compare(List.of(), shown(1_200, 30), shown(600, 60), JUST_NOW)).isEqualTo(Verdict.UNKNOWN);
        List<WindowModel> fixed = List.of(window(1_200, Duration.ofMinutes(1), Kind.FIXED));
        assertThat(compare(fixed, shown(1_200, 30), shown(600, 60), JUST_NOW)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void noLimit_isUnknownAndSaysSo() {
        LimitComparison comparison = LimitComparison.of(WINDOWS, shown(1_200, 30), AnswerHeaders.NONE, JUST_NOW);
        assertThat(comparison).isEqualTo(new LimitComparison(Verdict.UNKNOWN, "no limit is shown"));
    }

    private static Verdict compare(List<WindowModel> windows, AnswerHeaders old, AnswerHeaders next, Duration age) {
        return LimitComparison.of(windows, old, next, age).verdict();
    }

    private static WindowModel window(long limit, Duration length, Kind kind) {
        return new WindowModel(limit, length, kind, Duration.ofSeconds(1), true, ResetMeaning.OLDEST_PLUS_WINDOW);
    }

    private static AnswerHeaders shown(long limit, int reset) {
        return new AnswerHeaders(Optional.of(new RateLimitReading(limit, limit - 1, NOW.plusSeconds(reset))),
                Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.of(NOW), Optional.empty());
    }
}
