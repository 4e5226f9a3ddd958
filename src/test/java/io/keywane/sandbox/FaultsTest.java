package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FaultsTest {

    @Test
    void draw_none_neverFails() {
        FaultSwitch faults = new FaultSwitch(1);
        assertThat(errors(faults, 100)).isEmpty();
        assertThat(faults.draw().name()).isEqualTo("none");
    }

    @Test
    void draw_burst_failsExactlyTheNextOnes() {
        FaultSwitch faults = new FaultSwitch(1);
        faults.set(Faults.NONE.withErrorBurst(3));
        assertThat(errors(faults, 10)).containsExactly(0, 1, 2);
    }

    @Test
    void draw_share_isMetAndRepeatsWithTheSeed() {
        FaultSwitch first = new FaultSwitch(5);
        FaultSwitch second = new FaultSwitch(5);
        first.set(Faults.NONE.withErrorShare(0.3));
        second.set(Faults.NONE.withErrorShare(0.3));
        List<Integer> failed = errors(first, 10_000);
        assertThat(failed.size()).isBetween(2_800, 3_200);
        assertThat(errors(second, 10_000)).isEqualTo(failed);
    }

    @Test
    void draw_shareOfOne_failsAlways() {
        FaultSwitch faults = new FaultSwitch(1);
        faults.set(Faults.NONE.withErrorShare(1));
        assertThat(errors(faults, 50)).hasSize(50);
    }

    @Test
    void draw_lostShare_losesThatManyAnswers() {
        FaultSwitch faults = new FaultSwitch(3);
        faults.set(Faults.NONE.withLostShare(0.2));
        long lost = IntStream.range(0, 10_000).filter(i -> faults.draw().lost()).count();
        assertThat(lost).isBetween(1_850L, 2_150L);
        assertThat(errors(faults, 100)).isEmpty();
    }

    @Test
    void draw_cleared_endsTheBurst() {
        FaultSwitch faults = new FaultSwitch(1);
        faults.set(Faults.NONE.withErrorBurst(3));
        faults.set(Faults.NONE);
        assertThat(errors(faults, 5)).isEmpty();
    }

    @Test
    void faults_outOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withErrorShare(1.1))
                .withMessage("error share 1.1 is not between 0 and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withErrorShare(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withLostShare(-0.1))
                .withMessage("lost share -0.1 is not between 0 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Faults.NONE.withCache(Duration.ofHours(1), true));
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withErrorBurst(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withErrorStatus(404));
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withLatency(Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withDelayBefore(Duration.ofMillis(-1)));
    }

    @Test
    void oddHeader_spoilt_isNeverAPlainNumberAlone() {
        assertThat(OddHeader.MISSING.spoil("12")).isEmpty();
        assertThat(OddHeader.EMPTY.spoil("12")).containsExactly("");
        assertThat(OddHeader.NEGATIVE.spoil("12")).containsExactly("-12");
        assertThat(OddHeader.REPEATED.spoil("12")).containsExactly("12", "121");
        assertThat(OddHeader.NONSENSE.spoil("12")).containsExactly("soon");
        assertThat(OddHeader.OVERFLOW.spoil("12")).containsExactly("9223372036854775808");
    }

    private static List<Integer> errors(FaultSwitch faults, int draws) {
        return IntStream.range(0, draws).filter(i -> faults.draw().error()).boxed().toList();
    }
}
