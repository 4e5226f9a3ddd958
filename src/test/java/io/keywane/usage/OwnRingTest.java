package io.keywane.usage;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The ring keeps what it was given, wherever its begin lies. */
class OwnRingTest {
    private static final long RESET = 1_800_000_000L;

    private OwnRing ring = new OwnRing();

    @BeforeEach
    void fill() {
        ring = new OwnRing();
    }

    private record Entry(long min, long max, long reset) {}

    @Test
    void ring_addedToAndPrunedAtRandom_keepsEachEntry() {
        Random random = new Random(4);
        List<Entry> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            long min = i * 100L;
            Entry entry = new Entry(min, min + random.nextInt(50), random.nextBoolean() ? 0 : RESET + i);
            int place = ring.add(entry.min(), entry.max());
            ring.answer(place, 3, entry.reset());
            expected.add(entry);
            if (random.nextInt(200) == 0) {
                int gone = random.nextInt(expected.size() + 1);
                ring.removeFirst(gone);
                expected.subList(0, gone).clear();
            }
            assertThat(ring.size()).isEqualTo(expected.size());
        }
        for (int place = 0; place < expected.size(); place++) {
            assertThat(new Entry(ring.min(place), ring.max(place), ring.reset(place))).isEqualTo(expected.get(place));
            assertThat(ring.limitCode(place)).isEqualTo(3);
            assertThat(ring.firstFrom(ring.min(place), 0)).isEqualTo(place);
            assertThat(ring.firstFrom(ring.min(place) + 1, 0)).isEqualTo(place + 1);
        }
        assertThat(ring.latest()).isEqualTo(expected.stream().mapToLong(Entry::max).max().orElseThrow());
    }

    @Test
    void latest_isThatOfAnyEntry_0OfNone() {
        assertThat(ring.latest()).isZero();
        ring.add(10, 900);
        ring.add(20, 30);
        assertThat(ring.latest()).isEqualTo(900);
    }

    @Test
    void entry_sentEarlier_isPutBeforeTheLater_andAfterThoseOfTheSameTime() {
        ring.add(10, 11);
        ring.answer(ring.add(30, 31), 5, RESET + 30);
        assertThat(ring.add(20, 21)).isEqualTo(1);
        assertThat(ring.add(20, 22)).isEqualTo(2);

        assertThat(ring.max(1)).isEqualTo(21);
        assertThat(ring.max(2)).isEqualTo(22);
        assertThat(ring.max(3)).isEqualTo(31);
        assertThat(ring.reset(3)).isEqualTo(RESET + 30);
        assertThat(ring.reset(2)).isZero();
        assertThat(ring.limitCode(3)).isEqualTo(5);
    }

    @Test
    void entry_ofUncertainTime_isNotCertainlyCounted() {
        int place = ring.add(0, 1);
        ring.fate(place, OwnFate.COUNTED);
        ring.times(place, 0, OwnRing.LONGEST_SPAN);
        assertThat(ring.fate(place)).isEqualTo(OwnFate.COUNTED);
        ring.times(place, 0, OwnRing.LONGEST_SPAN + 1);
        assertThat(ring.fate(place)).isEqualTo(OwnFate.UNKNOWN);
        assertThat(ring.min(place)).isEqualTo(1);
        assertThat(ring.longestSpan()).isEqualTo(OwnRing.LONGEST_SPAN);
    }

    @Test
    void entry_pendingAndUncertain_staysPending() {
        int place = ring.add(0, 1);
        ring.times(place, 0, OwnRing.LONGEST_SPAN + 1);

        assertThat(ring.fate(place)).isEqualTo(OwnFate.PENDING);
    }

    @Test
    void reset_isKeptBetween2000And2068() {
        int place = ring.add(0, 1);
        long base = 946_684_800L;
        ring.answer(place, 1, base);
        assertThat(ring.reset(place)).isZero();
        ring.answer(place, 1, base + 1);
        assertThat(ring.reset(place)).isEqualTo(base + 1);
        ring.answer(place, 1, base + Integer.MAX_VALUE);
        assertThat(ring.reset(place)).isEqualTo(base + Integer.MAX_VALUE);
        ring.answer(place, 1, base + Integer.MAX_VALUE + 1);
        assertThat(ring.reset(place)).isZero();
    }

    @Test
    void betweenTwo_isExactWithinTheBootBefore_andUncertainAcross() {
        ring.add(100, 110);
        ring.add(200, 230);
        ring.reboot();
        ring.add(1_000, 1_005);
        ring.rebase(new Shift(500, 540));

        assertThat(ring.mostBetween(0, 1)).isEqualTo(130);
        assertThat(ring.leastBetween(0, 1)).isEqualTo(90);
        assertThat(ring.mostBetween(0, 2)).isEqualTo(1_005 - 600);
        assertThat(ring.leastBetween(0, 2)).isEqualTo(1_000 - 650);
        assertThat(ring.mostBetween(1, 2)).isEqualTo(1_005 - 700);
        assertThat(ring.leastBetween(1, 2)).isEqualTo(1_000 - 770);
    }

    @Test
    void entriesOfTheBootBefore_stayBeforeAll() {
        ring.add(5_000, 5_001);
        ring.reboot();

        assertThat(ring.add(10, 11)).isEqualTo(1);
        assertThat(ring.former()).isEqualTo(1);
        ring.removeFirst(1);
        assertThat(ring.former()).isZero();
    }
}
