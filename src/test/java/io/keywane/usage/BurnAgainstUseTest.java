package io.keywane.usage;

import io.keywane.key.KeyName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static io.keywane.usage.UsePoints.HOUR;
import static io.keywane.usage.UsePoints.MINUTE;
import static io.keywane.usage.UsePoints.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class BurnAgainstUseTest {
    private static final KeyName SEARCH = new KeyName("search");
    private static final KeyName REPORTS = new KeyName("reports");

    @Test
    void burn_keepsTopUpsAndOwnProbesApart() {
        BurnAgainstUse burn = BurnAgainstUse.of(
                List.of(reading(0, 100, 1), reading(10, 80, 5), reading(20, 180, 0), reading(30, 170, 1)), Map.of(),
                MINUTE);

        assertThat(burn.consumed()).isEqualTo(15 + 9);
        assertThat(burn.toppedUp()).isEqualTo(100);
        assertThat(burn.coverage()).isZero();
    }

    @Test
    void use_isSummedAndCoveredAsTheKeySeenLeast() {
        BurnAgainstUse burn = BurnAgainstUse.of(List.of(reading(0, 9, 0), reading(60, 9, 0)),
                Map.of(SEARCH, new ForeignRate(10, 12, HOUR, HOUR), REPORTS,
                        new ForeignRate(0, 3, HOUR.dividedBy(4), HOUR)),
                HOUR);

        assertThat(burn.mostRequests()).isEqualTo(15, within(1e-9));
        assertThat(burn.coverage()).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void key_isCoveredAsItsGroupSeenLeast() {
        ForeignRate use = BurnAgainstUse.ofKey(List.of(List.of(step(4, HOUR)), List.of(step(2, MINUTE))), HOUR);

        assertThat(use.lo()).isEqualTo(6, within(1e-9));
        assertThat(use.covered()).isEqualTo(MINUTE);
        assertThat(use.span()).isEqualTo(HOUR);
    }

    @Test
    void singleReading_isNoBurn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BurnAgainstUse.of(List.of(reading(0, 9, 0)), Map.of(), HOUR));
    }

    private static UseStep step(long count, Duration covered) {
        return new UseStep(UsePoints.at(MONDAY), UsePoints.at(MONDAY.plus(HOUR)),
                new ForeignRate(count, count, covered, HOUR), MINUTE);
    }

    private static WalletReading reading(long minute, long balance, long deducted) {
        return new WalletReading(UsePoints.at(MONDAY.plus(Duration.ofMinutes(minute))), balance, deducted);
    }
}
