package io.keywane.engine;

import io.keywane.alert.Acknowledgement;
import io.keywane.alert.ActiveAlert;
import io.keywane.alert.AlertName;
import io.keywane.alert.Maintenance;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;
import io.keywane.rotation.Gate;
import io.keywane.rotation.Reason;
import io.keywane.rotation.RefusedException;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.usage.WalletAccount;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole engine over fakes, in virtual time. */
class EngineTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final Duration LONG = Duration.ofMinutes(40);

    private final TestingWorld world = new TestingWorld();

    @Test
    void importedKey_isProvenServedAndPublished() {
        world.withKey(OLD);

        assertThat(world.store.current).isEqualTo(world.id(OLD));
        assertThat(world.store.published).isEqualTo(OLD);
        assertThat(world.stage(OLD)).isEqualTo(Stage.CURRENT);
        assertThat(world.where()).isEqualTo(RotationState.FLAGGED);
        assertThat(world.engine.alerts()).isEmpty();
    }

    @Test
    void rotation_underLoad_endsFlaggedInGoodTimeThenRevoked() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofSeconds(5));
        assertThat(world.store.published).isEqualTo(NEW);

        Duration promoted = world.clock.elapsed();
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        Duration bound = TestingWorld.DELAY.plus(TestingWorld.QUIET).plus(TestingApi.WINDOW).plusSeconds(3 * 24);
        assertThat(world.clock.elapsed().minus(promoted)).isLessThan(bound);
        assertThat(world.stage(OLD)).isEqualTo(Stage.FLAGGED);
        assertThat(world.store.flagged).containsExactly(world.id(OLD));
        assertThat(world.state().rotation().map(Rotation::reason)).contains(Reason.DRAIN_PROVEN);

        world.revoke(OLD);
        world.runUntil("revoked", Duration.ofMinutes(2), () -> world.stage(OLD) == Stage.REVOKED);
        world.run(Duration.ofSeconds(5));
        assertThat(world.store.values).containsOnlyKeys(world.id(NEW));
        assertThat(world.violations).isEmpty();
        assertThat(world.api.mostOwn).as("own requests in a window").isLessThanOrEqualTo(12);
    }

    @Test
    void rotation_whoseOldKeyIsStillUsed_neverFlags() {
        world.withKey(OLD);
        world.supply(NEW);
        for (int i = 0; i < 60; i++) {
            world.run(Duration.ofSeconds(50));
            world.api.use(OLD, TestingWorld.FEED);
        }

        assertThat(world.where()).isEqualTo(RotationState.DRAINING);
        assertThat(world.state().rotation().map(Rotation::reason)).contains(Reason.WAITS_FOR_SILENCE);
        assertThat(world.store.flagged).isEmpty();
    }

    @Test
    void rotation_whoseConsumerStopped_waitsForTheSwitch() {
        world.withKey(OLD);
        world.consumerRuns = false;
        world.supply(NEW);
        world.run(Duration.ofMinutes(20));

        assertThat(world.state().rotation().map(Rotation::reason)).contains(Reason.WAITS_FOR_SWITCH);

        world.operate(() -> world.engine.operations().waive(KEY, Gate.SWITCH, TestingWorld.ANNA));
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThat(world.state().rotation().map(Rotation::reason)).contains(Reason.DRAIN_WAIVED);
    }

    @Test
    void rotation_thatDrainsForMoreThanADay_stillKnowsTheFormerLoad() {
        world.withKey(OLD);
        world.supply(NEW);
        world.tickLength = 4;
        for (int i = 0; i < 26 * 15; i++) {
            world.run(Duration.ofMinutes(4));
            world.api.use(OLD, TestingWorld.GENERAL);
        }
        assertThat(world.where()).isEqualTo(RotationState.DRAINING);

        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThat(world.state().rotation().map(Rotation::reason)).contains(Reason.DRAIN_PROVEN);
    }

    @Test
    void newKey_ofAnotherPlan_isRejectedForItsLimits() {
        world.withKey(OLD);
        world.run(Duration.ofMinutes(3));
        world.api.otherPlan.add(NEW);
        world.supply(NEW);

        world.runUntil("rejected", LONG, () -> world.where() == RotationState.REJECTED);

        assertThat(world.state().rotation().map(Rotation::reason)).contains(Reason.KEY_DIFFERS);
        assertThat(world.store.current).isEqualTo(world.id(OLD));
    }

    @Test
    void flaggedKey_usedAgain_losesItsFlagAndIsAlerted() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        world.api.use(OLD, TestingWorld.GENERAL);
        world.run(TestingApi.WINDOW.plusSeconds(24));

        assertThat(world.stage(OLD)).isEqualTo(Stage.RETIRING);
        assertThat(world.store.flagged).isEmpty();
    }

    @Test
    void rollback_afterPromotion_putsTheOldKeyBack() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(2));

        world.operate(() -> world.engine.operations().rollback(KEY, TestingWorld.ANNA));
        world.runUntil("rolled back", LONG, () -> world.where() == RotationState.ROLLED_BACK);
        world.run(Duration.ofSeconds(5));

        assertThat(world.store.published).isEqualTo(OLD);
        assertThat(world.stage(OLD)).isEqualTo(Stage.CURRENT);
        world.runUntil("new key flagged", LONG, () -> world.stage(NEW) == Stage.FLAGGED);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void refusedCandidate_isRejectedAndNeverServed() {
        world.withKey(OLD);
        world.operate(() -> world.engine.operations().start(KEY, false, TestingWorld.ANNA));
        world.operate(() -> world.engine.operations().supply(KEY, NEW, Optional.empty(), TestingWorld.ANNA));

        world.runUntil("rejected", LONG, () -> world.where() == RotationState.REJECTED);

        assertThat(world.store.current).isEqualTo(world.id(OLD));
        assertThat(world.api.mostOwn).isLessThanOrEqualTo(12);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void candidate_thatIsAcceptedWithADelay_isPromoted() {
        world.withKey(OLD);
        world.operate(() -> world.engine.operations().start(KEY, false, TestingWorld.ANNA));
        world.operate(() -> world.engine.operations().supply(KEY, NEW, Optional.empty(), TestingWorld.ANNA));
        world.run(Duration.ofSeconds(30));
        world.api.create(NEW);

        world.runUntil("promoted", LONG, () -> world.id(NEW).equals(world.store.current));
        assertThat(world.violations).isEmpty();
    }

    @Test
    void onlyKey_refused_changesNoStateButAlerts() {
        world.withKey(OLD);
        world.revoke(OLD);

        world.run(Duration.ofMinutes(3));

        assertThat(world.stage(OLD)).isEqualTo(Stage.CURRENT);
        assertThat(world.fires(AlertName.KEY_REJECTED)).isTrue();
        assertThat(world.fires(AlertName.HEADER_STRIPPED)).isTrue();
        assertThat(world.store.current).isEqualTo(world.id(OLD));
    }

    @Test
    void header_strippedForAWhile_changesNoStateAndTheAlertsEnd() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(2));
        world.api.stripsHeader = true;
        world.run(Duration.ofMinutes(3));
        assertThat(world.fires(AlertName.HEADER_STRIPPED)).isTrue();
        assertThat(world.stage(OLD)).isEqualTo(Stage.RETIRING);
        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);

        world.api.stripsHeader = false;
        world.run(Duration.ofMinutes(3));

        assertThat(world.engine.alerts()).isEmpty();
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
    }

    @Test
    void refusal_whileTheControlRequestFails_condemnsNothing() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        world.api.controlWorks = false;
        world.revoke(OLD);

        world.run(Duration.ofMinutes(5));
        assertThat(world.stage(OLD)).isEqualTo(Stage.FLAGGED);
        assertThat(world.fires(AlertName.API_UNREACHABLE)).isTrue();
        assertThat(world.api.mostOwn).as("own requests in a window").isLessThanOrEqualTo(36);

        world.api.controlWorks = true;
        world.runUntil("revoked", Duration.ofMinutes(3), () -> world.stage(OLD) == Stage.REVOKED);
    }

    @Test
    void outage_ofTheApi_endsWithTheSameEnd() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(2));
        world.api.up = false;
        world.run(Duration.ofMinutes(5));
        assertThat(world.where()).isEqualTo(RotationState.DRAINING);
        assertThat(world.fires(AlertName.API_UNREACHABLE)).isTrue();
        world.api.up = true;

        Duration back = world.clock.elapsed();
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThat(world.clock.elapsed().minus(back)).as("the outage is not silence")
                .isGreaterThan(TestingWorld.QUIET);
    }

    @Test
    void rateLimitStorm_onTheCandidate_staysWithinTheBudget() {
        world.withKey(OLD);
        world.api.status = 429;
        world.supply(NEW);
        int before = world.api.probes;

        world.run(Duration.ofMinutes(10));

        assertThat(world.api.probes - before).as("probes in ten minutes of 429").isLessThan(70);
        assertThat(world.where()).isEqualTo(RotationState.STAGED);
        world.api.status = null;
        world.runUntil("promoted", LONG, () -> world.where() == RotationState.DRAINING);
    }

    @Test
    void lostAnswers_toMeteredProbes_areBookedAsSpent() {
        world.withKey(OLD);
        world.api.losesAnswers = true;
        world.tickLength = 10;
        long before = world.api.ownCredits;

        world.run(Duration.ofHours(30));

        assertThat(world.api.ownCredits - before).isLessThanOrEqualTo(2_000);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void restartLoop_sendsNoMoreThanTheBudget() {
        world.withKey(OLD);
        int probes = world.api.probes;
        long credits = world.api.ownCredits;
        for (int i = 0; i < 300; i++) {
            world.tick();
            world.restart();
        }

        assertThat(world.api.probes - probes).as("probes in fifteen minutes of restarts").isLessThan(80);
        assertThat(world.api.ownCredits - credits).isLessThan(15);
        assertThat(world.api.mostOwn).isLessThanOrEqualTo(36);
    }

    @Test
    void reboot_whileStaged_goesOn() {
        world.withKey(OLD);
        world.api.losesAnswers = true;
        world.supply(NEW);
        world.run(Duration.ofSeconds(20));
        assertThat(world.where()).isEqualTo(RotationState.STAGED);

        world.reboot();
        world.api.losesAnswers = false;

        world.runUntil("promoted", LONG, () -> world.where() == RotationState.DRAINING);
    }

    @Test
    void reboot_whileDraining_countsNoTimeBeforeIt() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(5));
        world.reboot();
        world.store.published = null;
        Duration up = world.clock.elapsed();

        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThat(world.clock.elapsed().minus(up)).isGreaterThan(TestingWorld.QUIET);
        assertThat(world.store.published).isEqualTo(NEW);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void wallClock_setForward_shortensNoWait() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(1));
        world.clock.jump(Duration.ofHours(20));
        Duration jumped = world.clock.elapsed();

        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThat(world.clock.elapsed().minus(jumped)).isGreaterThan(TestingWorld.QUIET);
    }

    @Test
    void store_failingInTheMiddle_parksAndGoesOnByItself() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(1));
        world.store.failing = StoreFailure.Kind.UNAVAILABLE;
        world.run(Duration.ofMinutes(1));
        assertThat(world.where()).isEqualTo(RotationState.PARKED);
        assertThat(world.fires(AlertName.ROTATION_PARKED)).isTrue();

        world.store.failing = null;

        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThat(world.violations).isEmpty();
    }

    @Test
    void answersOfTheStore_lost_areReadBackAndNotRepeatedBlindly() {
        world.withKey(OLD);
        world.store.answersAreLost = true;
        world.api.create(NEW);
        world.operate(() -> world.engine.operations().start(KEY, false, TestingWorld.ANNA));
        assertThatExceptionOfType(StoreException.class).isThrownBy(
                () -> world.engine.operations().supply(KEY, NEW, Optional.empty(), TestingWorld.ANNA));
        int promotions = world.store.promotions;

        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThat(world.store.promotions - promotions).isEqualTo(1);
        assertThat(world.stage(NEW)).isEqualTo(Stage.CURRENT);
    }

    @Test
    void otherKey_suppliedAfterAFailedStaging_takesItsPlace() {
        KeyMaterial third = TestingWorld.material("third");
        world.withKey(OLD);
        world.operate(() -> world.engine.operations().start(KEY, false, TestingWorld.ANNA));
        world.store.failing = StoreFailure.Kind.UNAVAILABLE;
        assertThatExceptionOfType(StoreException.class).isThrownBy(
                () -> world.engine.operations().supply(KEY, NEW, Optional.empty(), TestingWorld.ANNA));
        world.store.failing = null;
        world.tick();

        world.supply(third);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThat(world.store.current).isEqualTo(world.id(third));
        assertThat(world.stage(NEW)).isEqualTo(Stage.CANDIDATE);
    }

    @Test
    void commit_whoseAnswerIsLost_isReadBack() {
        world.withKey(OLD);
        world.states.fault = TestingStates.Fault.ANSWER_LOST;
        assertThatExceptionOfType(PersistenceException.class)
                .isThrownBy(() -> world.engine.operations().start(KEY, false, TestingWorld.ANNA));
        world.states.fault = TestingStates.Fault.NONE;

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> world.engine.operations().start(KEY, false, TestingWorld.ANNA))
                .withMessageContaining("open already");
        world.supply(NEW);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
    }

    @Test
    void audit_thatCannotBeWritten_stopsChangesButNotProbing() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(1));
        RotationState before = world.where();
        world.states.fault = TestingStates.Fault.NOTHING_WRITTEN;
        int probes = world.api.probes;

        world.run(Duration.ofMinutes(15));

        assertThat(world.where()).isEqualTo(before);
        assertThat(world.store.flagged).isEmpty();
        assertThat(world.api.probes).isGreaterThan(probes + 20);
        assertThat(world.telemetry.auditFailures).isPositive();
        world.states.fault = TestingStates.Fault.NONE;
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
    }

    @Test
    void ledger_thatCannotBeWritten_provesNoSilence() {
        world.withKey(OLD);
        world.supply(NEW);
        world.run(Duration.ofMinutes(1));
        world.history.ledgerFails = true;
        world.run(Duration.ofMinutes(20));
        assertThat(world.where()).isEqualTo(RotationState.DRAINING);

        world.history.ledgerFails = false;
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
    }

    @Test
    void approval_whereRequired_isWaitedForAndThenFollowed() {
        TestingWorld careful = new TestingWorld(true);
        careful.withKey(OLD);
        careful.supply(NEW);
        careful.run(Duration.ofMinutes(5));
        assertThat(careful.where()).isEqualTo(RotationState.VERIFIED);

        careful.operate(() -> careful.engine.operations().approve(KEY, TestingWorld.ANNA));
        careful.runUntil("draining", LONG, () -> careful.where() == RotationState.DRAINING);
        assertThat(careful.violations).isEmpty();
    }

    @Test
    void supply_ofTheSameValueTwice_isOneVersion() {
        world.withKey(OLD);
        world.supply(NEW);
        int versions = world.state().versions().size();

        assertThatExceptionOfType(RefusedException.class).isThrownBy(
                () -> world.engine.operations().importFirst(KEY, NEW, Optional.empty(), TestingWorld.ANNA));
        world.operate(() -> world.engine.operations().supply(KEY, NEW, Optional.empty(), TestingWorld.ANNA));

        assertThat(world.state().versions()).hasSize(versions);
    }

    @Test
    void confirmRevoked_ofAKeyThatIsStillAccepted_isRefused() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);

        assertThatExceptionOfType(RefusedException.class).isThrownBy(
                () -> world.engine.operations().confirmRevoked(KEY, Optional.empty(), TestingWorld.ANNA))
                .withMessageContaining("not confirmed revoked");

        world.revoke(OLD);
        world.engine.operations().confirmRevoked(KEY, Optional.empty(), TestingWorld.ANNA);
        assertThat(world.stage(OLD)).isEqualTo(Stage.REVOKED);
    }

    @Test
    void key_saidToBeRevokedAndStillAccepted_firesUntilItIsRefused() {
        world.withKey(OLD);
        world.supply(NEW);
        world.runUntil("flagged", LONG, () -> world.where() == RotationState.FLAGGED);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(
                () -> world.engine.operations().confirmRevoked(KEY, Optional.empty(), TestingWorld.ANNA));
        world.run(Duration.ofMinutes(4));
        assertThat(names(world)).doesNotContain(AlertName.REVOKED_KEY_ACCEPTED);

        world.restart();
        world.run(Duration.ofMinutes(3));
        assertThat(names(world)).contains(AlertName.REVOKED_KEY_ACCEPTED);

        world.revoke(OLD);
        world.runUntil("revoked", Duration.ofMinutes(5), () -> world.stage(OLD) == Stage.REVOKED);
        world.run(Duration.ofMinutes(2));
        assertThat(names(world)).doesNotContain(AlertName.REVOKED_KEY_ACCEPTED);
    }

    @Test
    void maintenance_announced_isShownOverARestartAndEndsByItself() {
        world.withKey(OLD);
        world.engine.operations().maintenance(KEY, Optional.of(Duration.ofMinutes(10)), TestingWorld.ANNA);
        world.restart();
        assertThat(maintenance(world)).hasValueSatisfying(m -> assertThat(m.by()).isEqualTo(TestingWorld.ANNA.actor()));

        world.run(Duration.ofMinutes(10));
        assertThat(maintenance(world)).isEmpty();
    }

    @Test
    void maintenance_endedOrTooLong_isNone() {
        world.withKey(OLD);
        world.engine.operations().maintenance(KEY, Optional.of(Duration.ofMinutes(10)), TestingWorld.ANNA);
        world.engine.operations().maintenance(KEY, Optional.empty(), TestingWorld.ANNA);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> world.engine.operations().maintenance(KEY,
                Optional.of(Duration.ofDays(8)), TestingWorld.ANNA)).withMessageContaining("7 days at most");

        assertThat(maintenance(world)).isEmpty();
    }

    @Test
    void creditsConsumed_overARestart_goOnFromWhereTheyWere() {
        world.withKey(OLD);
        world.runUntil("a look into the wallet", LONG, () -> account(world).last().isPresent());
        world.api.wallet -= 40;
        world.runUntil("the fall", LONG, () -> account(world).consumed() >= 40);
        long before = account(world).consumed();

        world.restart();
        assertThat(account(world).consumed()).isEqualTo(before);
        world.api.wallet -= 2;
        world.runUntil("another fall", LONG, () -> account(world).consumed() >= before + 2);
    }

    private static List<AlertName> names(TestingWorld world) {
        return world.engine.alerts().stream().map(active -> active.alert().name()).toList();
    }

    private static Optional<Maintenance> maintenance(TestingWorld world) {
        return world.engine.report(KEY).orElseThrow().maintenance();
    }

    private static WalletAccount account(TestingWorld world) {
        return world.engine.organisation(TestingWorld.ORGANISATION).account();
    }

    @Test
    void forcedProbes_beyondTheBudget_areRefusedWithTheTime() {
        world.withKey(OLD);
        AtomicInteger sent = new AtomicInteger();

        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> {
            for (int i = 0; i < 1_000; i++) {
                world.engine.operations().probe(KEY);
                sent.incrementAndGet();
            }
        }).withMessageContaining("is allowed before 20");

        assertThat(sent.get()).isBetween(1, 999);
        world.run(Duration.ofSeconds(90));
        assertThat(world.engine.operations().probe(KEY)).isNotEmpty();
    }

    @Test
    void wallet_thatFallsWhileTheOnlyKeyIsSilent_revealsAnUnknownKey() {
        world.withKey(OLD);
        world.consumerRuns = false;
        world.run(Duration.ofMinutes(15));
        assertThat(world.fires(AlertName.UNKNOWN_KEY)).isFalse();

        world.api.wallet -= 40;
        world.run(Duration.ofMinutes(5));

        assertThat(world.fires(AlertName.UNKNOWN_KEY)).isTrue();
    }

    @Test
    void wallet_thatFallsByTheUseOfAKnownKey_revealsNothing() {
        world.withKey(OLD);
        world.run(Duration.ofMinutes(40));

        assertThat(world.fires(AlertName.UNKNOWN_KEY)).isFalse();
    }

    @Test
    void alert_takenOn_isStillTakenOnAfterARestart() {
        world.withKey(OLD);
        world.api.controlWorks = false;
        world.run(Duration.ofMinutes(2));
        ActiveAlert alert = world.engine.alerts().getFirst();
        assertThat(alert.alert().name()).isEqualTo(AlertName.API_UNREACHABLE);

        world.operate(() -> world.engine.acknowledge(alert.id(), TestingWorld.ANNA));
        world.restart();
        world.run(Duration.ofMinutes(5));

        assertThat(world.engine.alerts()).extracting(ActiveAlert::id).contains(alert.id());
        assertThat(world.engine.alerts().stream().filter(a -> a.id().equals(alert.id())).findFirst()
                .flatMap(ActiveAlert::acknowledged).map(Acknowledgement::by)).contains(TestingWorld.ANNA.actor());

        world.api.controlWorks = true;
        world.run(Duration.ofMinutes(2));
        assertThat(world.engine.alerts()).isEmpty();
    }

    @Test
    void findings_ofAKeyInGoodOrder_areNone() {
        world.withKey(OLD);

        assertThat(world.engine.findings()).isEmpty();
    }
}
