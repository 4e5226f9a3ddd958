package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class WalletTest {

    @Test
    void debit_covered_takesTheCostNotThePrecheck() {
        Wallet wallet = new Wallet(100);
        assertThat(wallet.debit(25, 3)).isEqualTo(new Wallet.Debit(true, 25, 3, 97));
        assertThat(wallet.balance()).isEqualTo(97);
    }

    @Test
    void debit_precheckNotCovered_takesNothing() {
        Wallet wallet = new Wallet(24);
        assertThat(wallet.debit(25, 3)).isEqualTo(new Wallet.Debit(false, 25, 0, 24));
        assertThat(wallet.balance()).isEqualTo(24);
    }

    @Test
    void debit_free_succeedsOnAnEmptyWallet() {
        assertThat(new Wallet(0).debit(0, 0).paid()).isTrue();
    }

    @Test
    void add_overflow_isRefusedAndChangesNothing() {
        Wallet wallet = new Wallet(Long.MAX_VALUE);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> wallet.add(1));
        assertThat(wallet.balance()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void debit_manyThreads_loseNoDebitAndNeverOverdraw() {
        Wallet wallet = new Wallet(1_000_000);
        AtomicInteger paid = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 200_000; i++) {
                        paid.addAndGet(wallet.debit(1, 1).paid() ? 1 : 0);
                    }
                });
            }
        }
        assertThat(paid).hasValue(1_000_000);
        assertThat(wallet.balance()).isZero();
    }
}
