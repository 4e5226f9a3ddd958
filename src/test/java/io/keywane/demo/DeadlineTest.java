package io.keywane.demo;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeadlineTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration PAUSE = Duration.ofMillis(1);

    @Test
    void wait_becomesTrue_ends() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();

        new Deadline(LONG, () -> {}).await("three", LONG, PAUSE, () -> looks.incrementAndGet() == 3);

        assertThat(looks).hasValue(3);
    }

    @Test
    void wait_ownLimit_namesWhatWasWaitedFor() {
        assertThatExceptionOfType(DemoFailure.class)
                .isThrownBy(() -> new Deadline(LONG, () -> {}).await("a key", SHORT, PAUSE, () -> false))
                .withMessage("waited 0 s in vain for a key");
    }

    @Test
    void wait_wholeLimit_saysThatTimeRanOut() {
        assertThatExceptionOfType(DemoFailure.class)
                .isThrownBy(() -> new Deadline(SHORT, () -> {}).await("a key", LONG, PAUSE, () -> false))
                .withMessage("the demonstration's time ran out while it waited for a key");
    }

    @Test
    void wait_checkFails_endsAtOnce() {
        Runnable check = () -> {
            throw new DemoFailure("the daemon ended");
        };

        assertThatExceptionOfType(DemoFailure.class)
                .isThrownBy(() -> new Deadline(LONG, check).await("a key", LONG, PAUSE, () -> false))
                .withMessage("the daemon ended");
    }
}
