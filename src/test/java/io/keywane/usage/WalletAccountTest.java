package io.keywane.usage;

import io.keywane.key.Moment;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WalletAccountTest {
    @Test
    void firstReading_explainsNothing() {
        WalletAccount account = WalletAccount.EMPTY.plus(reading(100, 1));

        assertThat(account.consumed()).isZero();
        assertThat(account.toppedUp()).isZero();
        assertThat(account.last()).contains(reading(100, 1));
    }

    @Test
    void fall_lessOurOwnDebit_isConsumption() {
        WalletAccount account = WalletAccount.EMPTY.plus(reading(100, 1)).plus(reading(89, 1));

        assertThat(account.consumed()).isEqualTo(10);
        assertThat(account.toppedUp()).isZero();
    }

    @Test
    void fall_byOurOwnDebitOnly_isNoConsumption() {
        WalletAccount account = WalletAccount.EMPTY.plus(reading(100, 1)).plus(reading(99, 1));

        assertThat(account.consumed()).isZero();
    }

    @Test
    void rise_withOurOwnDebit_isATopUp() {
        WalletAccount account = WalletAccount.EMPTY.plus(reading(100, 0)).plus(reading(1_099, 1));

        assertThat(account.toppedUp()).isEqualTo(1_000);
        assertThat(account.consumed()).isZero();
    }

    @Test
    void counters_overManyReadings_neverFall() {
        WalletAccount account = WalletAccount.EMPTY.plus(reading(10, 0)).plus(reading(4, 0)).plus(reading(50, 0))
                .plus(reading(49, 0));

        assertThat(account.consumed()).isEqualTo(7);
        assertThat(account.toppedUp()).isEqualTo(46);
    }

    @Test
    void reading_belowZero_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> reading(-1, 0));
    }

    private static WalletReading reading(long balance, long deducted) {
        return new WalletReading(new Moment("boot-1", Duration.ZERO, Instant.EPOCH), balance, deducted);
    }
}
