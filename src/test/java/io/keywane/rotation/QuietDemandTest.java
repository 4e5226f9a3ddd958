package io.keywane.rotation;

import io.keywane.rotation.QuietDemand.Basis;
import io.keywane.usage.Cadence;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.GroupCadence.Use;
import io.keywane.usage.HourlyLoad;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Rhythm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
import static io.keywane.rotation.KeyScene.QUIET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QuietDemandTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final QuietPolicy POLICY = QuietPolicy.fromHistory(QUIET);
    private static final Rhythm NIGHTLY = new Rhythm(EnumSet.allOf(DayOfWeek.class), 2, 1);
    private static final Rhythm WEEKLY = new Rhythm(Set.of(DayOfWeek.SATURDAY), 14, 1);
    /** A Wednesday. */
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final KeyScene scene = new KeyScene();

    @BeforeEach
    void drain() {
        scene.draining();
    }

    @Test
    void fixedPolicy_asksForItsPeriodWhateverTheHistory() {
        QuietDemand demand = QuietDemand.of(QuietPolicy.fixed(QUIET), true, evidence(Cadence.UNKNOWN), NOON);

        assertThat(demand).isEqualTo(new QuietDemand(QUIET, Basis.FIXED, "fixed by the policy"));
    }

    @Test
    void unservedVersion_asksForTheFloor() {
        assertThat(QuietDemand.of(POLICY, false, evidence(Cadence.UNKNOWN), NOON).basis())
                .isEqualTo(Basis.NEVER_SERVED);
    }

    @Test
    void noHistory_asksForTheUnknownCadence() {
        QuietDemand demand = of(Cadence.UNKNOWN);

        assertThat(demand.length()).isEqualTo(Duration.ofHours(26));
        assertThat(demand.basis()).isEqualTo(Basis.UNKNOWN_CADENCE);
        assertThat(demand.because()).isEqualTo("nothing is known of how the key was used before");
    }

    @Test
    void shortHistory_asksForTheUnknownCadenceAndSaysHowMuchIsKnown() {
        QuietDemand demand = of(new Cadence(Duration.ofDays(2), 0.5, List.of(idle(GENERAL, Duration.ofMinutes(1)))));

        assertThat(demand.because()).isEqualTo("only 48 h of the key's use are known, 50 % of them observed");
    }

    @Test
    void oneOccasion_asksForTheUnknownCadenceAndSaysWhere() {
        GroupCadence once = new GroupCadence(FEED, Use.ONCE, Duration.ZERO, Optional.empty(), List.of(),
                HourlyLoad.UNKNOWN);

        assertThat(of(known(idle(GENERAL, Duration.ofMinutes(1)), once)).because())
                .isEqualTo("feed was seen in use on one occasion only, which is no rhythm");
    }

    @Test
    void steadyUse_asksForTheFloor() {
        QuietDemand demand = of(known(idle(GENERAL, Duration.ofMinutes(20))));

        assertThat(demand.length()).isEqualTo(QUIET);
        assertThat(demand.basis()).isEqualTo(Basis.FLOOR);
        assertThat(demand.because()).contains("20 min in general");
    }

    @Test
    void longestGap_ofAnyGroup_isTakenTimesTheFactor() {
        QuietDemand demand = of(known(idle(GENERAL, Duration.ofMinutes(1)), idle(FEED, Duration.ofHours(10))));

        assertThat(demand.length()).isEqualTo(Duration.ofHours(15));
        assertThat(demand.basis()).isEqualTo(Basis.LONGEST_GAP);
        assertThat(demand.because()).startsWith("1.5 times the longest idle time seen, 10 h in feed");
    }

    @Test
    void unusedGroup_asksForNothing() {
        GroupCadence never = new GroupCadence(FEED, Use.NEVER, WEEK, Optional.empty(), List.of(), HourlyLoad.UNKNOWN);

        assertThat(of(known(idle(GENERAL, Duration.ofMinutes(1)), never)).basis()).isEqualTo(Basis.FLOOR);
    }

    @ParameterizedTest
    @CsvSource({
        // The next run begins within the silence, and the one after it ends it.
        "2026-03-04T12:00:00Z, 39", "2026-03-04T01:59:59Z, 25", "2026-03-04T02:00:00Z, 25",
        "2026-03-04T02:00:01Z, 48", "2026-03-04T03:00:00Z, 48"})
    void nightlyJob_asksForTwoOfItsNights(Instant begin, long hours) {
        Duration length = Duration.between(begin, NIGHTLY.endOfRun(begin, 2));

        assertThat(length.toHours()).isEqualTo(hours);
        assertThat(QuietDemand.of(new QuietPolicy(QUIET, true, 1, Duration.ZERO), true,
                evidence(known(with(GENERAL, NIGHTLY))), begin))
                .isEqualTo(new QuietDemand(length, Basis.RHYTHM,
                        "two runs of a job must pass that uses general daily at 02:00 UTC"));
    }

    @Test
    void weeklyJob_asksForTwoOfItsWeeks() {
        QuietDemand demand = of(known(with(GENERAL, NIGHTLY), with(FEED, WEEKLY)));

        assertThat(NOON.plus(demand.length())).isEqualTo(Instant.parse("2026-03-14T15:00:00Z"));
    }

    @Test
    void versionUsedAgain_asksForThatIdleTimeTimesTheFactor() {
        scene.groups(OLD, scene.returned(GENERAL, QUIET, Duration.ofHours(4)));

        QuietDemand demand = QuietDemand.of(POLICY, true,
                scene.cadence(OLD, known(idle(GENERAL, Duration.ofMinutes(1)))).of(OLD), NOON);

        assertThat(demand.length()).isEqualTo(Duration.ofHours(6));
        assertThat(demand.basis()).isEqualTo(Basis.RETURNED);
    }

    /** Whatever is learnt, the floor holds, and more history of idle times never asks for less. */
    @Test
    void demand_onRandomHistories_isMonotoneAndKeepsTheFloor() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Duration gap = Duration.ofMinutes(random.nextInt(10_000));
            Cadence cadence = known(idle(GENERAL, gap), random.nextBoolean() ? with(FEED, NIGHTLY) : idle(FEED, gap));
            Cadence longer = known(idle(GENERAL, gap.plusMinutes(random.nextInt(100))), cadence.groups().get(1));
            Instant begin = NOON.plusSeconds(random.nextInt(1_000_000));
            Duration asked = QuietDemand.of(POLICY, true, evidence(cadence), begin).length();

            assertThat(asked).isGreaterThanOrEqualTo(QUIET);
            assertThat(QuietDemand.of(POLICY, true, evidence(longer), begin).length()).isGreaterThanOrEqualTo(asked);
            assertThat(QuietDemand.of(new QuietPolicy(QUIET, true, 3, Duration.ZERO), true, evidence(cadence), begin)
                    .length()).isGreaterThanOrEqualTo(asked);
        }
    }

    /** A wall clock that is wrong may shift the runs, but two of them are never less than a period apart. */
    @Test
    void rhythm_underAnyClock_asksForAPeriodAtLeast() {
        Random random = new Random(12);
        for (int i = 0; i < 2_000; i++) {
            Instant begin = NOON.plusSeconds(random.nextInt(10_000_000));
            assertThat(QuietDemand.of(POLICY, true, evidence(known(with(GENERAL, NIGHTLY))), begin).length())
                    .isBetween(Duration.ofHours(25), Duration.ofHours(49));
        }
    }

    @Test
    void policy_outOfRange_isRefusedByName() {
        assertThatIllegalArgumentException().isThrownBy(() -> QuietPolicy.fixed(Duration.ZERO))
                .withMessageStartingWith("quiet_period");
        assertThatIllegalArgumentException().isThrownBy(() -> new QuietPolicy(QUIET, true, 0.9, QUIET))
                .withMessageStartingWith("quiet_factor");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QuietPolicy(QUIET, true, 1, Duration.ofSeconds(-1)))
                .withMessageStartingWith("unknown_cadence");
    }

    private QuietDemand of(Cadence cadence) {
        return QuietDemand.of(POLICY, true, evidence(cadence), NOON);
    }

    private VersionEvidence evidence(Cadence cadence) {
        return scene.cadence(OLD, cadence).of(OLD);
    }

    private static Cadence known(GroupCadence... groups) {
        return new Cadence(WEEK, 1, List.of(groups));
    }

    private static GroupCadence idle(LimiterGroup group, Duration longest) {
        return new GroupCadence(group, Use.REPEATED, longest, Optional.empty(), List.of(), HourlyLoad.UNKNOWN);
    }

    private static GroupCadence with(LimiterGroup group, Rhythm rhythm) {
        return new GroupCadence(group, Use.REPEATED, Duration.ofMinutes(1), Optional.empty(), List.of(rhythm),
                HourlyLoad.UNKNOWN);
    }
}
