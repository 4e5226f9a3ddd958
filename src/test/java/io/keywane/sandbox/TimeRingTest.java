package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class TimeRingTest {

    @Test
    void add_beyondCapacity_keepsTheNewest() {
        TimeRing ring = new TimeRing(3);
        for (long time = 1; time <= 5; time++) {
            ring.add(time);
        }
        assertThat(ring.size()).isEqualTo(3);
        assertThat(ring.oldest()).isEqualTo(3);
    }

    @Test
    void add_earlierTime_isKeptAsTheLatest() {
        TimeRing ring = new TimeRing(10);
        ring.add(100);
        ring.add(40);
        ring.dropThrough(99);
        assertThat(ring.size()).isEqualTo(2);
    }

    @Test
    void dropThrough_limit_isInclusive() {
        TimeRing ring = new TimeRing(10);
        ring.add(5);
        ring.add(6);
        ring.dropThrough(5);
        assertThat(ring.size()).isEqualTo(1);
        assertThat(ring.oldest()).isEqualTo(6);
    }

    @Test
    void ring_randomUse_agreesWithAPlainQueue() {
        SplittableRandom random = new SplittableRandom(7);
        TimeRing ring = new TimeRing(1_000);
        ArrayDeque<Long> plain = new ArrayDeque<>();
        long time = 0;
        for (int i = 0; i < 50_000; i++) {
            time += random.nextInt(3);
            ring.add(time);
            plain.add(time);
            if (plain.size() > 1_000) {
                plain.remove();
            }
            long limit = time - random.nextInt(2_000);
            ring.dropThrough(limit);
            plain.removeIf(value -> value <= limit);
            assertThat(ring.size()).isEqualTo(plain.size());
            if (!plain.isEmpty()) {
                assertThat(ring.oldest()).isEqualTo(plain.peek());
            }
        }
    }
}
