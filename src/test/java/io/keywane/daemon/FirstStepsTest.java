package io.keywane.daemon;

import io.keywane.key.KeyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class FirstStepsTest {
    private static final KeyName QUICK = new KeyName("search");
    private final Set<KeyName> stepped = ConcurrentHashMap.newKeySet();
    private final CountDownLatch storeAnswers = new CountDownLatch(1);

    private void step(KeyName key) {
        if (!key.equals(QUICK)) {
            await();
        }
        stepped.add(key);
    }

    private void await() {
        try {
            storeAnswers.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<KeyName> hanging(int count) {
        List<KeyName> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(new KeyName("hangs-" + i));
        }
        return keys;
    }

    private Set<KeyName> take(List<KeyName> keys, Duration patience) {
        return FirstSteps.take(keys, this::step, (_, work) -> Thread.ofVirtual().start(work), patience);
    }

    @Test
    void take_mostKeysHang_waitsOnceAndTheOtherKeyIsDone() {
        List<KeyName> hanging = hanging(40);
        List<KeyName> keys = new ArrayList<>(hanging);
        keys.add(QUICK);
        long began = System.nanoTime();

        assertThat(take(keys, Duration.ofMillis(500))).containsExactlyInAnyOrderElementsOf(hanging);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(stepped).containsExactly(QUICK);
        storeAnswers.countDown();
    }

    @Test
    void take_everyStepEnds_isOverBeforeItReturns() {
        List<KeyName> keys = hanging(40);
        storeAnswers.countDown();

        assertThat(take(keys, Duration.ofSeconds(20))).isEmpty();

        assertThat(stepped).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void take_oneStepFails_isOverToo() {
        assertThat(FirstSteps.take(List.of(QUICK), _ -> {
            throw new IllegalStateException("asked for by the test");
        }, (_, work) -> Thread.ofVirtual()
                .start(() -> assertThatThrownBy(work::run).hasMessage("asked for by the test")),
                Duration.ofSeconds(20))).isEmpty();
    }
}
