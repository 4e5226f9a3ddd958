package io.keywane.usage;

import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Each bound of the map from limits to windows. */
class WindowMapTest {
    private static final Instant DATE = Instant.parse("2026-03-01T00:00:00Z");
    private static final WindowModel MINUTE = model(100, Duration.ofMinutes(1), ResetMeaning.OLDEST_PLUS_WINDOW);
    private static final WindowModel HALF_HOUR = model(400, Duration.ofMinutes(30), ResetMeaning.OLDEST_PLUS_WINDOW);
    private static final WindowModel HOUR = model(500, Duration.ofHours(1), ResetMeaning.OLDEST_PLUS_WINDOW);

    private final WindowMap map = new WindowMap();

    private static WindowModel model(long limit, Duration length, ResetMeaning reset) {
        return new WindowModel(limit, length, Kind.ROLLING, Duration.ofSeconds(2), true, reset);
    }

    private static List<KnownWindow> known(WindowModel... models) {
        return Stream.of(models).map(KnownWindow::declared).toList();
    }

    private boolean holds(WindowModel model, long ahead, WindowModel... models) {
        return map.holds(model, known(models), DATE.plusSeconds(ahead), DATE);
    }

    @Test
    void firstLimit_andTheSameAgain_holds() {
        map.show(500, true);
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isTrue();
        map.show(500, true);
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isTrue();
    }

    @Test
    void anotherLimit_voidsTheMap_alsoOnceTheFirstIsShownAgain() {
        map.show(100, true);
        map.show(500, true);
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isFalse();
        map.show(500, true);
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isFalse();
    }

    @Test
    void unknownLimit_voidsTheMap() {
        map.show(500, false);

        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isFalse();
    }

    @Test
    void shortestWindow_holdsAtOnce_andRenewsTheMap() {
        map.show(500, false);

        assertThat(holds(MINUTE, 0, MINUTE, HOUR)).isTrue();
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isTrue();
    }

    @Test
    void voidMap_isRenewedByAResetBeyondTheNextShorterWindow() {
        map.show(500, false);

        assertThat(holds(HOUR, 1_800 + 3, MINUTE, HALF_HOUR, HOUR)).isFalse();
        assertThat(holds(HOUR, 1_800 + 4, HALF_HOUR, MINUTE, HOUR)).isTrue();
        assertThat(holds(HOUR, 0, MINUTE, HALF_HOUR, HOUR)).isTrue();
    }

    @Test
    void nextShorterWindow_isTheLongestOfThem_inAnyOrder() {
        map.show(500, false);

        assertThat(holds(HOUR, 100, HALF_HOUR, MINUTE, HOUR)).isFalse();
        assertThat(holds(HOUR, 100, MINUTE, HALF_HOUR, HOUR)).isFalse();
    }

    @Test
    void resetOfUnknownMeaning_renewsNothing() {
        map.show(500, false);

        assertThat(holds(model(500, Duration.ofHours(1), ResetMeaning.UNKNOWN), 3_600, MINUTE, HOUR)).isFalse();
    }

    @Test
    void voidMap_isRenewedByAnOwnRequestThatNoShorterWindowHolds() {
        Duration gone = MINUTE.outside();
        map.show(500, false);

        assertThat(map.isRenewedBy(HOUR, known(MINUTE, HOUR), gone)).isFalse();
        assertThat(map.isRenewedBy(HOUR, known(MINUTE, HOUR), gone.plusNanos(1))).isTrue();
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isTrue();
    }

    @Test
    void ofTwoWindowsOfOneLength_theFirstCounts() {
        WindowModel rough = new WindowModel(200, Duration.ofMinutes(1), Kind.ROLLING, Duration.ofSeconds(10), true,
                ResetMeaning.OLDEST_PLUS_WINDOW);
        map.show(500, false);

        assertThat(map.isRenewedBy(HOUR, known(rough, MINUTE, HOUR), rough.outside())).isFalse();
        assertThat(map.isRenewedBy(HOUR, known(MINUTE, rough, HOUR), rough.outside())).isTrue();
    }

    @Test
    void validMap_needsNoRenewal() {
        map.show(500, true);

        assertThat(map.isRenewedBy(HOUR, known(MINUTE, HOUR), Duration.ZERO)).isTrue();
    }

    @Test
    void ownRequest_whereResetIsNotTheOldest_renewsNothing() {
        WindowModel now = model(500, Duration.ofHours(1), ResetMeaning.NOW_PLUS_WINDOW);
        map.show(500, false);

        assertThat(map.isRenewedBy(now, known(MINUTE, now), Duration.ofMinutes(30))).isFalse();
    }

    @Test
    void reset_furtherThanTheWindow_refutesItAndVoidsTheMap() {
        map.show(500, true);
        assertThat(map.isRefuted(HOUR, DATE.plusSeconds(3_603), DATE)).isFalse();
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isTrue();
        assertThat(map.isRefuted(HOUR, DATE.plusSeconds(3_604), DATE)).isTrue();
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isFalse();
        assertThat(map.isRefuted(HOUR, DATE.plusSeconds(10), DATE)).isFalse();
        assertThat(holds(HOUR, 0, MINUTE, HOUR)).isFalse();
    }

    @Test
    void reset_nearerThanNowPlusWindow_refutesIt() {
        WindowModel now = model(500, Duration.ofHours(1), ResetMeaning.NOW_PLUS_WINDOW);

        assertThat(map.isRefuted(now, DATE.plusSeconds(3_597), DATE)).isFalse();
        assertThat(map.isRefuted(now, DATE.plusSeconds(3_596), DATE)).isTrue();
        assertThat(map.isRefuted(HOUR, DATE.plusSeconds(3_596), DATE)).isFalse();
    }
}
