package io.keywane.usage;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What is concluded from a wallet: when it runs out, whose rise that is, and what no known key can have used. */
class WalletForecastTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SIX = Duration.ofHours(6);
    private static final KeyName SEARCH = new KeyName("search");
    private static final KeyName REPORTS = new KeyName("reports");

    private final List<WalletReading> readings = new ArrayList<>();

    @Test
    void runOut_ofAnEvenBurn_isWhereItsLineEnds() {
        burn(0, 24 * 6, 10_000, 10);

        RunOut runOut = forecast().orElseThrow();
        assertThat(runOut.creditsPerHour()).isBetween(59.0, 61.0);
        Duration left = Duration.between(last(), runOut.expected());
        assertThat(left).isBetween(Duration.ofHours(140), Duration.ofHours(144));
        assertThat(runOut.earliest()).isBefore(runOut.expected());
        assertThat(runOut.latest()).isAfter(runOut.expected());
    }

    @Test
    void runOut_afterATopUp_isNoNonsense() {
        burn(0, 24, 1_000, 10);
        burn(24, 24, 50_000, 10);

        assertThat(forecast().orElseThrow().creditsPerHour()).isBetween(55.0, 62.0);
    }

    @Test
    void runOut_ofABurstThatIsOver_isNotTold() {
        burn(0, 24, 10_000, 100);
        long left = readings.getLast().balance();
        burn(24, 12, left, 0);

        assertThat(forecast()).isEmpty();
    }

    @Test
    void runOut_ofABurstThatJustBegan_isByTheSlowerRate() {
        burn(0, 36, 100_000, 10);
        burn(36, 6, readings.getLast().balance(), 1_000);

        RunOut runOut = forecast().orElseThrow();
        assertThat(runOut.creditsPerHour()).isBetween(700.0, 1_200.0);
        assertThat(Duration.between(last(), runOut.earliest())).isLessThan(Duration.ofHours(19));
    }

    @Test
    void runOut_ofTooFewReadings_isNotTold() {
        burn(0, 3, 1_000, 10);
        assertThat(forecast()).isEmpty();
    }

    @Test
    void unknownUse_whileAllIsSilent_isProven() {
        burn(0, 7, 1_000, 2);

        assertThat(UnknownUse.of(readings, List.of(span(-10, 70), span(-20, 65)))).map(UnknownUse::credits)
                .contains(12L);
    }

    @Test
    void unknownUse_whereOneGroupWasNotSilent_isNotProven() {
        burn(0, 7, 1_000, 2);
        assertThat(UnknownUse.of(readings, List.of(span(-10, 70), Optional.empty()))).isEmpty();
        assertThat(UnknownUse.of(readings, List.of())).isEmpty();
    }

    @Test
    void unknownUse_outsideOfTheCommonSilence_isNotProven() {
        burn(0, 4, 1_000, 2);
        burn(4, 4, readings.getLast().balance(), 0);
        assertThat(UnknownUse.of(readings, List.of(span(-10, 90), span(31, 90)))).isEmpty();
    }

    @Test
    void unknownUse_thatALateDebitExplains_isNotProven() {
        burn(0, 2, 1_000, 2);
        burn(2, 4, readings.getLast().balance(), 0);
        assertThat(UnknownUse.of(readings, List.of(span(-1, 90)))).isEmpty();
        assertThat(UnknownUse.of(readings, List.of(span(-6, 90)))).isPresent();
    }

    @Test
    void unknownUse_ofOurOwnProbes_isNone() {
        readings.add(new WalletReading(at(0), 1_000, 1));
        readings.add(new WalletReading(at(10), 999, 1));
        assertThat(UnknownUse.of(readings, List.of(span(-10, 70)))).isEmpty();
    }

    @Test
    void attribution_namesTheKeyThatRose() {
        Attribution most = Attribution.of(Map.of(SEARCH, use(600, 1), REPORTS, use(60, 1)),
                Map.of(SEARCH, use(620, 1), REPORTS, use(660, 1))).orElseThrow();

        assertThat(most.key()).isEqualTo(REPORTS);
        assertThat(most.share()).isGreaterThan(0.9);
        assertThat(most.now()).isEqualTo(11);
    }

    @Test
    void attribution_whereNoneRoseMostOrOneWasNotSeen_namesNone() {
        assertThat(Attribution.of(Map.of(SEARCH, use(60, 1)), Map.of(SEARCH, use(50, 1)))).isEmpty();
        assertThat(Attribution.of(Map.of(SEARCH, use(60, 1), REPORTS, use(60, 1)),
                Map.of(SEARCH, use(120, 1), REPORTS, use(120, 1)))).isEmpty();
        assertThat(Attribution.of(Map.of(SEARCH, use(60, 1), REPORTS, use(60, 1)),
                Map.of(SEARCH, use(600, 1), REPORTS, use(0, 0.1)))).isEmpty();
    }

    private static ForeignRate use(double count, double coverage) {
        return new ForeignRate(count, count, Duration.ofMinutes((long) (60 * coverage)), HOUR);
    }

    private Optional<RunOut> forecast() {
        return RunOut.of(readings, HOUR, SIX);
    }

    private Instant last() {
        return readings.getLast().at().wall();
    }

    /** Readings ten minutes apart. */
    private void burn(int from, int count, long balance, long each) {
        for (int i = 0; i < count; i++) {
            readings.add(new WalletReading(at((from + i) * 10L), balance - i * each, 0));
        }
    }

    private static Optional<SilentSpan> span(long from, long to) {
        return Optional.of(new SilentSpan(at(from), at(to)));
    }

    private static Moment at(long minute) {
        return new Moment("boot", Duration.ofDays(1).plusMinutes(minute), START.plus(Duration.ofMinutes(minute)));
    }
}
