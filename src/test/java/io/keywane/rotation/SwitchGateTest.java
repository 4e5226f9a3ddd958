package io.keywane.rotation;

import io.keywane.rotation.Earliest.At;
import io.keywane.rotation.Earliest.Unknown;
import io.keywane.rotation.Earliest.Why;
import io.keywane.rotation.GroupSwitch.Run;
import io.keywane.rotation.SwitchEvidence.Lately;
import io.keywane.usage.ForeignRate;
import io.keywane.usage.GroupCadence.Use;
import io.keywane.usage.HourlyLoad.Basis;
import io.keywane.usage.HourlyLoad.Expected;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Rhythm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import static io.keywane.rotation.KeyScene.FEED;
import static io.keywane.rotation.KeyScene.GENERAL;
import static io.keywane.rotation.KeyScene.OLD;
import static io.keywane.rotation.KeyScene.moved;
import static org.assertj.core.api.Assertions.assertThat;

class SwitchGateTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Rhythm NIGHTLY = new Rhythm(EnumSet.allOf(DayOfWeek.class), 2, 1);
    private static final Instant NIGHT = Instant.parse("2026-03-02T02:00:00Z");

    private final KeyScene scene = new KeyScene();

    @BeforeEach
    void drain() {
        scene.draining().quiet();
    }

    @Test
    void nothingCompared_isUnmet() {
        scene.switched(OLD);

        assertThat(unmet()).isEqualTo(Why.TOO_LITTLE_OBSERVED);
    }

    @Test
    void everyLoadedGroup_mustReachTheShare() {
        scene.switched(OLD, moved(GENERAL, 100, 100, 1), moved(FEED, 10, 4.9, 1));

        assertThat(unmet()).isEqualTo(Why.WAITS_FOR_CONSUMERS);
        assertThat(report().missing()).isEqualTo("consumers of feed that still have to switch");
    }

    @Test
    void groupWithLessThanOneExpectedRequest_neitherPassesNorFails() {
        scene.switched(OLD, moved(GENERAL, 100, 60, 1), moved(FEED, 0.9, 0, 1));
        assertThat(report().met()).isTrue();

        scene.switched(OLD, moved(GENERAL, 100, 60, 1), moved(FEED, 1, 0, 1));
        assertThat(report().met()).isFalse();
    }

    @Test
    void idleHour_waitsForTheNextExpectedLoad() {
        scene.switched(OLD, idle(GENERAL, Optional.of(NIGHT)), idle(FEED, Optional.of(NIGHT.plus(HOUR))));

        assertThat(report().met()).isFalse();
        assertThat(report().known()).contains("no load is expected at this hour; next on Mon 02:00");
        assertThat(report().missing()).isEqualTo("the load of Mon 02:00, or a waiver");
        assertThat(report().earliest()).contains(new At(NIGHT));
    }

    @Test
    void idleHour_withNoLoadAtAnyHour_takesAWaiver() {
        scene.switched(OLD, idle(GENERAL, Optional.empty()));

        assertThat(unmet()).isEqualTo(Why.NO_LOAD_KNOWN);
        assertThat(report().missing()).contains("a waiver");
    }

    @Test
    void neverUsedKey_takesAWaiver() {
        scene.switched(OLD, unused(GENERAL), unused(FEED));

        assertThat(unmet()).isEqualTo(Why.NO_LOAD_KNOWN);
        assertThat(report().known()).contains("nobody was seen using the old key");
    }

    @Test
    void unusedGroup_isLeftOut() {
        scene.switched(OLD, moved(GENERAL, 100, 60, 1), unused(FEED));

        assertThat(report().met()).isTrue();
        assertThat(report().known()).doesNotContain("feed");
    }

    @Test
    void halfOfTheTimeUnobserved_isUnmetInThatGroup() {
        scene.switched(OLD, moved(GENERAL, 100, 60, 0.5), moved(FEED, 10, 10, 0.49));

        assertThat(unmet()).isEqualTo(Why.TOO_LITTLE_OBSERVED);
        assertThat(report().missing()).endsWith("in feed");
    }

    @Test
    void jobNotSeenYet_isWaitedFor() {
        scene.switched(OLD, moved(GENERAL, 100, 100, 1), job(FEED, Optional.empty(), 0));

        assertThat(report().met()).isFalse();
        assertThat(report().missing()).isEqualTo("the job daily at 02:00 UTC on the new key");
        assertThat(report().earliest()).contains(new At(NIGHT.plus(HOUR)));
    }

    @Test
    void jobSeenOnTheNewKey_isMet() {
        scene.switched(OLD, moved(GENERAL, 100, 100, 1), job(FEED, Optional.of(NIGHT), 5));

        assertThat(report().met()).isTrue();
        assertThat(report().known()).contains("the job daily at 02:00 UTC brought 5 of up to 10");
    }

    @Test
    void jobThatStayedAway_isUnmetHoweverMuchElseMoved() {
        scene.switched(OLD, moved(GENERAL, 1_000, 1_000, 1), job(FEED, Optional.of(NIGHT), 4.9));

        assertThat(unmet()).isEqualTo(Why.WAITS_FOR_CONSUMERS);
        assertThat(report().missing()).contains("which did not come in on the new key");
    }

    @Test
    void newKeyThatDiedLately_isUnmet() {
        scene.switched(OLD, new Lately(Duration.ofMinutes(30), 10, 0), moved(GENERAL, 100, 90, 1));
        assertThat(report().missing()).isEqualTo("any use of the new key in the last 30 min");

        scene.switched(OLD, new Lately(Duration.ofMinutes(30), 9.9, 0), moved(GENERAL, 100, 90, 1));
        assertThat(report().met()).isTrue();

        scene.switched(OLD, new Lately(Duration.ofMinutes(30), 100, 0.1), moved(GENERAL, 100, 90, 1));
        assertThat(report().met()).isTrue();
    }

    @Test
    void partialSwitch_isToldAsAShareWithItsStragglers() {
        ForeignRate carried = new ForeignRate(830, 840, HOUR, HOUR);
        ForeignRate left = new ForeignRate(120, 120, HOUR, HOUR);
        scene.switched(OLD, new GroupSwitch(GENERAL, Use.REPEATED, new Expected(990, 1_000, Basis.HOUR_OF_DAY), carried,
                left, Set.of(14, 9), List.of(), Optional.empty()));

        assertThat(report().known()).startsWith("general: at least 83 % moved (830 requests on the new key, up to 1000 "
                + "expected by the same hour of earlier days), 120 requests (2 a minute) came on the old key after the switch was due, in the hours of 09:00, "
                + "14:00 UTC");
    }

    @Test
    void unservedVersion_hasNothingToMove() {
        KeyScene candidate = new KeyScene().supplied();
        KeyVersion version = candidate.state.version(KeyScene.NEW).orElseThrow();
        AtTheGates leaving = new AtTheGates(version, Optional.empty(), VersionEvidence.NONE, candidate.policy,
                candidate.now);

        assertThat(SwitchGate.judge(leaving).met()).isTrue();
    }

    /** More carried by the new key never closes the gate, and more left to be expected never opens it. */
    @Test
    void gate_isMonotoneInWhatIsCarriedAndExpected() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            double expected = random.nextDouble(1, 50);
            double carried = random.nextDouble(0, 50);
            boolean met = isMet(expected, carried);

            assertThat(!met || isMet(expected, carried + random.nextDouble(20))).isTrue();
            assertThat(met || !isMet(expected + random.nextDouble(20), carried)).isTrue();
        }
    }

    private boolean isMet(double expected, double carried) {
        return scene.switched(OLD, moved(GENERAL, expected, carried, 1)).report(Gate.SWITCH).met();
    }

    private GateReport report() {
        return scene.report(Gate.SWITCH);
    }

    private Why unmet() {
        return ((Unknown) report().earliest().orElseThrow()).why();
    }

    private static GroupSwitch idle(LimiterGroup group, Optional<Instant> next) {
        return new GroupSwitch(group, Use.REPEATED, new Expected(0, 0.2, Basis.HOUR_OF_WEEK),
                new ForeignRate(0, 0, HOUR, HOUR), ForeignRate.NONE, Set.of(), List.of(), next);
    }

    private static GroupSwitch unused(LimiterGroup group) {
        return new GroupSwitch(group, Use.NEVER, new Expected(0, 0, Basis.MEAN), new ForeignRate(0, 0, HOUR, HOUR),
                ForeignRate.NONE, Set.of(), List.of(), Optional.empty());
    }

    private static GroupSwitch job(LimiterGroup group, Optional<Instant> begin, double carried) {
        return new GroupSwitch(group, Use.REPEATED, new Expected(0, 0, Basis.HOUR_OF_DAY),
                new ForeignRate(0, 0, HOUR, HOUR), ForeignRate.NONE, Set.of(),
                List.of(new Run(NIGHTLY, begin, begin.isPresent() ? 10 : 0, carried, NIGHT.plus(HOUR))),
                Optional.empty());
    }
}
