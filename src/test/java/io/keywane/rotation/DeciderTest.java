package io.keywane.rotation;

import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static io.keywane.rotation.KeyScene.NEW;
import static io.keywane.rotation.KeyScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;

/** What is decided in each state, on each kind of evidence. */
class DeciderTest {
    private static final Action PROBE_NEW = new Action.Probe(NEW);
    private static final Action PROMOTE_NEW = new Action.Promote(NEW, 7);
    private static final Action PROMOTE_OLD = new Action.Promote(OLD, 7);

    private final KeyScene scene = new KeyScene();

    @Nested
    class Opening {
        @Test
        void rotation_ofAKeyOlderThanItsPolicy_isOpened() {
            scene.policy = withMaxAge(Duration.ofDays(90));
            scene.now = scene.now.plus(Duration.ofDays(90));

            scene.step();

            assertThat(scene.where()).isEqualTo(RotationState.AWAITING_KEY);
            assertThat(scene.rotation().trigger()).isEqualTo(Trigger.AGE);
            assertThat(scene.rotation().oldVersion()).contains(OLD);
        }

        @Test
        void rotation_ofAYoungerKey_isNotOpened() {
            scene.policy = withMaxAge(Duration.ofDays(90));
            scene.now = scene.now.plus(Duration.ofDays(89));

            assertThat(scene.decide()).isEqualTo(new Decision(scene.state, List.of()));
        }

        @Test
        void rotation_ofAnOpenOne_isNotOpenedTwice() {
            scene.policy = withMaxAge(Duration.ofDays(90));
            scene.now = scene.now.plus(Duration.ofDays(90));
            scene.step();
            scene.step();
            Rotation open = scene.rotation();

            scene.step();

            assertThat(scene.rotation()).isEqualTo(open);
        }

        private RotationPolicy withMaxAge(Duration age) {
            return new RotationPolicy(Optional.of(age), false, KeyScene.DELAY, QuietPolicy.fixed(KeyScene.QUIET), 0.5,
                    KeyScene.PATIENCE);
        }
    }

    @Nested
    class Proving {
        @Test
        void key_notSupplied_isWaitedFor() {
            scene.start().step();

            assertThat(scene.where()).isEqualTo(RotationState.AWAITING_KEY);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_KEY);
        }

        @Test
        void key_namedButNotInTheStore_isWaitedFor() {
            scene.supplied();
            scene.held.remove(NEW);

            assertThat(scene.step()).isEmpty();
            assertThat(scene.where()).isEqualTo(RotationState.AWAITING_KEY);
            assertThat(scene.state.probed()).extracting(KeyVersion::id).containsExactly(OLD);
        }

        @Test
        void key_heldByTheStore_isStagedAndProbed() {
            scene.supplied().step();

            assertThat(scene.where()).isEqualTo(RotationState.STAGED);
            assertThat(scene.step()).containsExactly(PROBE_NEW);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_PROOF);
            assertThat(scene.state.probed()).extracting(KeyVersion::id).containsExactly(OLD, NEW);
        }

        @Test
        void key_acceptedAndEqual_isVerified() {
            scene.verified();

            assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
            assertThat(scene.stage(NEW)).isEqualTo(Stage.VERIFIED);
        }

        @Test
        void key_acceptedButNotCompared_isProbedAgain() {
            scene.staged();
            scene.parity = Parity.NOT_COMPARED;
            scene.accept(NEW);

            assertThat(scene.step()).containsExactly(PROBE_NEW);
            assertThat(scene.where()).isEqualTo(RotationState.STAGED);
        }

        @Test
        void key_acceptedBeforeItWasStaged_isProbedAgain() {
            scene.accept(NEW).after(1);
            scene.staged();

            assertThat(scene.step()).containsExactly(PROBE_NEW);
        }

        @Test
        void key_acceptedAfterARestartOfTheHost_isVerified() {
            scene.staged();
            scene.reboot(Duration.ofSeconds(20));
            scene.accept(NEW);

            scene.step();

            assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
        }

        @Test
        void key_provenToDiffer_isRejectedAndLeaves() {
            scene.staged();
            scene.parity = new Parity(List.of("wallet: another"), List.of());
            scene.accept(NEW).step();

            assertThat(scene.where()).isEqualTo(RotationState.REJECTED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.KEY_DIFFERS);
            assertThat(scene.stage(NEW)).isEqualTo(Stage.RETIRING);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
        }

        @Test
        void key_thatCouldNotBeCompared_isVerified() {
            scene.staged();
            scene.parity = new Parity(List.of(), List.of("plan: no answer"));
            scene.accept(NEW).step();

            assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
        }

        @Test
        void key_refusedWithinPatience_isTriedAgain() {
            scene.staged();
            scene.attitude(NEW, Acceptance.REFUSED);

            assertThat(scene.after(KeyScene.PATIENCE.toSeconds() - 1).step()).containsExactly(PROBE_NEW);
            assertThat(scene.where()).isEqualTo(RotationState.STAGED);
        }

        @Test
        void key_refusedBeyondPatience_isRejected() {
            scene.staged();
            scene.attitude(NEW, Acceptance.REFUSED).after(KeyScene.PATIENCE.toSeconds()).step();

            assertThat(scene.where()).isEqualTo(RotationState.REJECTED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.KEY_REFUSED);
        }

        @Test
        void rejectedKey_thatWasNeverAccepted_isKeptForAnHourSinceItMayBeAcceptedLate() {
            scene.staged();
            scene.attitude(NEW, Acceptance.REFUSED).attitude(OLD, Acceptance.ACCEPTED)
                    .after(KeyScene.PATIENCE.toSeconds()).step();
            scene.after(3_500).step();
            assertThat(scene.stage(NEW)).isEqualTo(Stage.RETIRING);

            scene.after(100).step();
            assertThat(scene.stage(NEW)).isEqualTo(Stage.REVOKED);
        }

        @ParameterizedTest
        @EnumSource(value = Acceptance.class, names = {"UNPROVEN", "SUSPECTED", "AMBIGUOUS"})
        void key_neitherAcceptedNorRefused_isNeitherVerifiedNorRejected(Acceptance acceptance) {
            scene.staged();
            scene.accept(NEW).attitude(NEW, acceptance).after(KeyScene.PATIENCE.toSeconds() * 2).step();

            assertThat(scene.where()).isEqualTo(RotationState.STAGED);
        }
    }

    @Nested
    class Promoting {
        @Test
        void verified_onAFreshSuccess_isPromotedByCompareAndSet() {
            scene.verified();

            assertThat(scene.step()).containsExactly(PROMOTE_NEW);
            assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
        }

        @Test
        void verified_onASuccessOfAMinuteAgo_isProbedFirst() {
            scene.verified();

            assertThat(scene.after(60).step()).containsExactly(PROBE_NEW);
        }

        @Test
        void verified_refusedSinceItsSuccess_isNotPromoted() {
            scene.verified().attitude(NEW, Acceptance.SUSPECTED);

            assertThat(scene.step()).containsExactly(PROBE_NEW);
        }

        @Test
        void verified_refusedForCertain_isRejectedAndKnownRevoked() {
            scene.verified().attitude(NEW, Acceptance.REFUSED).step();

            assertThat(scene.where()).isEqualTo(RotationState.REJECTED);
            scene.after(600).step();
            assertThat(scene.stage(NEW)).isEqualTo(Stage.REVOKED);
        }

        /** Nobody was asked to revoke it, and its value would be let go. */
        @Test
        void leavingKey_refusedForSomeMinutes_keepsItsValue() {
            scene.draining().accept(OLD).attitude(OLD, Acceptance.REFUSED);

            assertThat(scene.after(599).step()).noneMatch(Action.Release.class::isInstance);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
            scene.after(1).step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);
        }

        /** As after a restart: that it was not accepted lately may be because nobody looked. */
        @Test
        void leavingKey_notLookedAtForLong_keepsItsValueForTenMinutesOfRefusals() {
            scene.draining().after(3_600).attitude(OLD, Acceptance.REFUSED);

            assertThat(scene.after(599).step()).noneMatch(Action.Release.class::isInstance);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
            scene.after(1).step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);
        }

        @Test
        void leavingKey_whoseRefusalsWereInterrupted_countsThemAnew() {
            scene.draining().attitude(OLD, Acceptance.REFUSED).after(590).accept(OLD).attitude(OLD, Acceptance.REFUSED);

            scene.after(599).step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void leavingKey_ofWhichAPersonSaysThatItWasRevoked_isTakenForRevokedWhenItIsRefused() {
            scene.draining().accept(OLD).attitude(OLD, Acceptance.REFUSED);
            scene.known.computeIfPresent(OLD, (_, known) -> known.revokedByWord());

            scene.step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);
        }

        @Test
        void verified_whereApprovalIsRequired_waitsForIt() {
            scene.policy = new RotationPolicy(Optional.empty(), true, KeyScene.DELAY, QuietPolicy.fixed(KeyScene.QUIET),
                    0.5,
                    KeyScene.PATIENCE);
            scene.verified();

            assertThat(scene.step()).isEmpty();
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_APPROVAL);

            scene.state = OperatorMoves.approve(scene.state, "uid:anna");
            assertThat(scene.step()).containsExactly(PROMOTE_NEW);
        }

        @Test
        void promotion_seenInTheStore_swapsTheStages() {
            scene.promoted();

            assertThat(scene.where()).isEqualTo(RotationState.PROMOTED);
            assertThat(scene.stage(NEW)).isEqualTo(Stage.CURRENT);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
            assertThat(scene.rotation().promoted()).contains(scene.now);
        }

        @Test
        void promoted_notYetPublished_isPublishedOnAFreshSuccess() {
            scene.promoted();
            scene.publication = Publication.DIFFERS;

            assertThat(scene.step()).containsExactly(new Action.Publish(NEW));
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_PUBLICATION);
        }

        @Test
        void promoted_withoutFreshSuccess_isProbedBeforePublication() {
            scene.promoted();
            scene.publication = Publication.DIFFERS;

            assertThat(scene.after(60).step()).containsExactly(PROBE_NEW);
        }

        @Test
        void promoted_refusedSinceItsSuccess_isNotPublished() {
            scene.promoted().attitude(NEW, Acceptance.SUSPECTED);
            scene.publication = Publication.DIFFERS;

            assertThat(scene.step()).containsExactly(PROBE_NEW);
        }

        @Test
        void published_orReadFromTheStore_drains() {
            scene.draining();

            assertThat(scene.where()).isEqualTo(RotationState.DRAINING);
            assertThat(scene.rotation().published()).contains(scene.now);
        }

        @Test
        void firstKey_onceProven_isPromotedWithNothingToDrain() {
            KeyScene first = KeyScene.empty().supplied();
            first.step();
            first.after(1).accept(NEW).step();
            assertThat(first.step()).containsExactly(PROMOTE_NEW);
            first.served = Optional.of(NEW);
            first.step();
            first.step();
            first.step();

            assertThat(first.where()).isEqualTo(RotationState.FLAGGED);
            assertThat(first.rotation().reason()).isEqualTo(Reason.NOTHING_TO_DRAIN);
            assertThat(first.state.current().orElseThrow().id()).isEqualTo(NEW);
        }
    }

    @Nested
    class Publishing {
        @Test
        void currentKey_publishedNowhere_isPublishedAtOnce() {
            scene.publication = Publication.ABSENT;

            assertThat(scene.step()).containsExactly(new Action.Publish(OLD));
        }

        @Test
        void currentKey_thatTheStoreDoesNotServe_isNotPublished() {
            scene.publication = Publication.ABSENT;
            scene.served = Optional.of(NEW);
            scene.held.add(NEW);

            assertThat(scene.step()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(value = Publication.class, names = {"MATCHES", "NOT_CONFIGURED"})
        void currentKey_inPlace_isLeftAlone(Publication publication) {
            scene.publication = publication;

            assertThat(scene.step()).isEmpty();
        }
    }

    @Nested
    class Parking {
        @Test
        void store_unreadable_parksAndGoesOnByItself() {
            scene.draining();
            scene.storeReadable = false;
            scene.step();
            assertThat(scene.where()).isEqualTo(RotationState.PARKED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.STORE_FAILING);

            scene.storeReadable = true;
            scene.step();

            assertThat(scene.where()).isEqualTo(RotationState.DRAINING);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.RESUMED);
        }

        @Test
        void anotherKey_inTheStore_parks() {
            scene.staged();
            scene.served = Optional.of(KeyScene.id(9));
            scene.held.add(KeyScene.id(9));

            assertThat(scene.step()).isEmpty();

            assertThat(scene.where()).isEqualTo(RotationState.PARKED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
        }

        @Test
        void noKey_inTheStoreAnyMore_parks() {
            scene.staged();
            scene.served = Optional.empty();
            scene.step();

            assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);
        }

        @Test
        void oldKey_putBackBySomebodyElse_parksAndIsNotFlagged() {
            scene.draining();
            scene.served = Optional.of(OLD);
            scene.quiet();

            assertThat(scene.step()).isEmpty();

            assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void newKey_promotedBySomebodyElse_parks() {
            scene.staged();
            scene.served = Optional.of(NEW);
            scene.step();

            assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);
        }

        @Test
        void cause_thatIsReplacedByAnother_isNamedAnew() {
            scene.staged();
            scene.storeReadable = false;
            scene.step();
            scene.storeReadable = true;
            scene.served = Optional.empty();
            scene.step();

            assertThat(scene.where()).isEqualTo(RotationState.PARKED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.FOREIGN_CHANGE);
            assertThat(scene.rotation().parkedFrom()).contains(RotationState.STAGED);
        }

        @Test
        void paused_whateverHappens_stays() {
            scene.verified();
            scene.state = OperatorMoves.pause(scene.state);
            scene.step();
            assertThat(scene.rotation().reason()).isEqualTo(Reason.PAUSED_BY_OPERATOR);
            scene.storeReadable = false;

            assertThat(scene.step()).isEmpty();

            assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
        }

        @Test
        void pausedAndParked_whenResumed_goesOnWhereItWas() {
            scene.verified();
            scene.storeReadable = false;
            scene.step();
            scene.state = OperatorMoves.pause(scene.state);
            scene.storeReadable = true;
            scene.step();
            assertThat(scene.where()).isEqualTo(RotationState.PARKED);

            scene.state = OperatorMoves.resume(scene.state);
            scene.step();

            assertThat(scene.where()).isEqualTo(RotationState.VERIFIED);
        }

        @Test
        void pausedDrain_withAllGatesMet_isNotDrained() {
            scene.draining();
            scene.state = OperatorMoves.pause(scene.state);
            scene.quiet().step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }
    }

    @Nested
    class RollingBack {
        @Test
        void rollback_onAFreshSuccessOfTheOldKey_promotesIt() {
            scene.draining();
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.accept(OLD);

            assertThat(scene.step()).containsExactly(PROMOTE_OLD);
        }

        @Test
        void rollback_withoutFreshSuccess_probesTheOldKeyFirst() {
            scene.draining().after(61);
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);

            assertThat(scene.step()).containsExactly(new Action.Probe(OLD));
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_ROLLBACK_PROOF);
        }

        @ParameterizedTest
        @EnumSource(value = Acceptance.class, names = {"REFUSED", "AMBIGUOUS"})
        void rollback_toARefusedKey_parks(Acceptance acceptance) {
            scene.draining().attitude(OLD, acceptance).attitude(NEW, Acceptance.UNPROVEN);
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);

            assertThat(scene.step()).isEmpty();

            assertThat(scene.where()).isEqualTo(RotationState.PARKED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.OLD_KEY_NOT_ACCEPTED);
            assertThat(scene.step()).isEmpty();
            assertThat(scene.where()).isEqualTo(RotationState.PARKED);
        }

        @Test
        void rollback_parkedUntilTheOldKeyIsAccepted_goesOn() {
            scene.draining().attitude(OLD, Acceptance.REFUSED).attitude(NEW, Acceptance.UNPROVEN);
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.step();

            scene.accept(OLD).step();

            assertThat(scene.where()).isEqualTo(RotationState.DRAINING);
            assertThat(scene.step()).containsExactly(PROMOTE_OLD);
        }

        @Test
        void rollback_toAKeyThatWasRevokedMeanwhile_neverProbesIt() {
            scene.draining();
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.attitude(OLD, Acceptance.REFUSED).after(600).step();
            scene.step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);
            scene.known.remove(OLD);

            assertThat(scene.step()).doesNotContain(new Action.Probe(OLD), PROMOTE_OLD);
            assertThat(scene.where()).isEqualTo(RotationState.PARKED);

            scene.state = OperatorMoves.resume(scene.state);
            scene.step();
            scene.step();
            assertThat(scene.where()).isEqualTo(RotationState.FLAGGED);
        }

        @Test
        void rollback_seenInTheStore_swapsTheRoles() {
            scene.draining();
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.served = Optional.of(OLD);
            scene.step();

            assertThat(scene.where()).isEqualTo(RotationState.ROLLED_BACK);
            assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
            assertThat(scene.stage(NEW)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void rollback_ofADrainedKey_takesTheMarkOff() {
            scene.drained();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.DRAINED);
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.served = Optional.of(OLD);
            scene.flagged.add(OLD);
            scene.step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.CURRENT);
            assertThat(scene.decide().actions()).contains(new Action.Mark(OLD, false, 7));
        }

        @Test
        void newKey_afterRollback_waitsForPropagationOfTheOldOne() {
            scene.draining().quiet();
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.served = Optional.of(OLD);
            scene.step();
            scene.quiet(NEW);

            scene.step();
            assertThat(scene.stage(NEW)).isEqualTo(Stage.RETIRING);

            scene.after(KeyScene.DELAY.plus(KeyScene.QUIET).toSeconds()).quiet(NEW).step();
            assertThat(scene.stage(NEW)).isEqualTo(Stage.DRAINED);
        }

        @Test
        void newKey_rolledBackBeforeItWasPublished_canDrain() {
            scene.promoted();
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.served = Optional.of(OLD);
            scene.step();
            scene.step();

            scene.after(KeyScene.DELAY.plus(KeyScene.QUIET).toSeconds()).quiet(NEW).step();

            assertThat(scene.stage(NEW)).isEqualTo(Stage.DRAINED);
        }
    }

    @Nested
    class Leaving {
        @Test
        void drainedKey_whoseEvidenceIsNotKept_isNeitherMarkedNorFlagged() {
            scene.draining().quiet();
            scene.step();
            scene.evidenceIsKept = false;

            assertThat(scene.step()).containsExactly(new Action.KeepEvidence(OLD));
            scene.flagged.add(OLD);
            assertThat(scene.step()).containsExactly(new Action.KeepEvidence(OLD));
            assertThat(scene.stage(OLD)).isEqualTo(Stage.DRAINED);

            scene.evidenceIsKept = true;
            scene.step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
        }

        @Test
        void oldKey_withAllGatesMet_isDrainedThenMarkedThenFlagged() {
            scene.draining().quiet();

            scene.step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.DRAINED);
            assertThat(scene.state.version(OLD).orElseThrow().evidence()).hasSize(4).allMatch(GateReport::met);
            assertThat(scene.step()).containsExactly(new Action.Mark(OLD, true, 7));

            scene.flagged.add(OLD);
            scene.step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
            scene.step();
            assertThat(scene.where()).isEqualTo(RotationState.FLAGGED);
            assertThat(scene.rotation().reason()).isEqualTo(Reason.DRAIN_PROVEN);
        }

        @Test
        void rotation_whileDraining_namesTheGateItWaitsFor() {
            scene.draining().step();
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_PROPAGATION);

            scene.quiet().groups(OLD, scene.silent(KeyScene.GENERAL, Duration.ofMinutes(29)));
            scene.step();
            assertThat(scene.rotation().reason()).isEqualTo(Reason.WAITS_FOR_SILENCE);
        }

        @Test
        void drainedKey_usedBeforeItsMark_retiresAgain() {
            scene.drained().used(OLD);

            scene.step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void drainedKey_whoseEvidenceWentAwayBeforeItsMark_retiresAgainAndSaysSo() {
            scene.drained().groups(OLD, scene.silent(KeyScene.GENERAL, KeyScene.QUIET),
                    scene.seen(KeyScene.FEED, UsagePoint.Verdict.UNKNOWN));
            scene.flagged.add(OLD);

            assertThat(scene.step()).containsExactly(new Action.Mark(OLD, false, 7));

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
            assertThat(scene.state.version(OLD).orElseThrow().reason()).isEqualTo(Reason.EVIDENCE_LOST);
            assertThat(scene.state.version(OLD).orElseThrow().evidence()).isEmpty();
        }

        @Test
        void drainedKey_whosePolicyAsksForMoreNow_retiresAgain() {
            scene.drained();
            scene.policy = new RotationPolicy(Optional.empty(), false, KeyScene.DELAY,
                    QuietPolicy.fixed(KeyScene.QUIET.plusSeconds(1)), 0.5, KeyScene.PATIENCE);
            scene.step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void drainedKey_whoseGateWasWaived_staysThoughThatGateIsUnmet() {
            scene.draining().quiet().groups(OLD);
            scene.state = OperatorMoves.waive(scene.state,
                    new Waiver(Gate.QUIET, "uid:anna", "smoothed", scene.now.wall()));
            scene.step();

            assertThat(scene.step()).containsExactly(new Action.Mark(OLD, true, 7));
            assertThat(scene.stage(OLD)).isEqualTo(Stage.DRAINED);

            scene.wallet(OLD, WalletEvidence.NONE).step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void drainedKeyOfARollback_keepsItsStage() {
            scene.draining();
            scene.state = OperatorMoves.rollback(scene.state, "back", scene.now);
            scene.served = Optional.of(OLD);
            scene.step();
            scene.step();
            scene.after(KeyScene.DELAY.plus(KeyScene.QUIET).toSeconds()).quiet(NEW).step();

            assertThat(scene.step()).contains(new Action.Mark(NEW, true, 7));
            assertThat(scene.stage(NEW)).isEqualTo(Stage.DRAINED);
        }

        @Test
        void flaggedKey_usedAgain_losesItsFlagAndItsEvidence() {
            scene.flagged().after(60).used(OLD);

            assertThat(scene.step()).contains(new Action.Mark(OLD, false, 7));

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
            assertThat(scene.state.version(OLD).orElseThrow().reason()).isEqualTo(Reason.USED_AFTER_FLAG);
            assertThat(scene.state.version(OLD).orElseThrow().evidence()).isEmpty();
        }

        @Test
        void flaggedKey_usedBeforeItsFlagOnly_keepsIt() {
            scene.draining().used(OLD);
            scene.quiet().step();
            scene.flagged.add(OLD);
            scene.step();

            scene.after(60).step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
        }

        @Test
        void flaggedKey_usedAfterARestartOfTheHost_losesItsFlag() {
            scene.flagged();
            scene.reboot(Duration.ofMinutes(3));
            scene.used(OLD).step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void flaggedKey_usedWhileALaterRotationIsPaused_losesItsFlag() {
            scene.flagged().start();
            scene.state = OperatorMoves.pause(scene.state);
            scene.after(60).used(OLD).step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.RETIRING);
        }

        @Test
        void keyFlaggedByWaiver_usedAgain_keepsItsFlag() {
            scene.draining();
            for (Gate gate : Gate.values()) {
                scene.state = OperatorMoves.waive(scene.state,
                        new Waiver(gate, "uid:anna", "leaked", scene.now.wall()));
            }
            scene.step();
            scene.flagged.add(OLD);
            scene.step();
            scene.after(60).used(OLD).step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
            assertThat(scene.state.version(OLD).orElseThrow().waived()).isTrue();
            assertThat(scene.rotation().reason()).isEqualTo(Reason.DRAIN_WAIVED);
        }

        @Test
        void drainedKey_thatTheStoreDoesNotHoldAnyMore_isFlaggedWithoutAMark() {
            scene.drained();
            scene.held.remove(OLD);

            assertThat(scene.step()).isEmpty();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
        }

        @Test
        void flaggedKey_refusedWhileTheCurrentIsAccepted_isRevokedAndReleased() {
            scene.flagged().attitude(OLD, Acceptance.REFUSED);

            scene.step();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);
            assertThat(scene.step()).containsExactly(new Action.Release(OLD, 7));

            scene.held.remove(OLD);
            scene.flagged.remove(OLD);
            assertThat(scene.step()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(value = Acceptance.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCEPTED")
        void flaggedKey_refusedWhileTheCurrentIsNotAccepted_isNotRevoked(Acceptance current) {
            scene.flagged().attitude(OLD, Acceptance.REFUSED).attitude(NEW, current);

            scene.step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
        }

        @ParameterizedTest
        @EnumSource(value = Acceptance.class, mode = EnumSource.Mode.EXCLUDE, names = "REFUSED")
        void flaggedKey_notRefusedForCertain_isNotRevoked(Acceptance old) {
            scene.flagged().attitude(OLD, old);

            assertThat(scene.step()).isEmpty();
            assertThat(scene.stage(OLD)).isEqualTo(Stage.FLAGGED);
        }

        @Test
        void currentKey_refused_changesNoState() {
            scene.attitude(OLD, Acceptance.REFUSED);

            assertThat(scene.decide()).isEqualTo(new Decision(scene.state, List.of()));
        }

        @Test
        void rejectedKey_neverServed_needsNoPropagationAndNoSwitch() {
            scene.staged();
            scene.parity = new Parity(List.of("environment: live and test"), List.of());
            scene.accept(NEW).step();
            scene.after(KeyScene.QUIET.toSeconds()).quiet(NEW).step();

            assertThat(scene.stage(NEW)).isEqualTo(Stage.DRAINED);
        }

        @Test
        void candidate_thatTheStoreHoldsAfterAll_leaves() {
            scene.start();
            VersionId lost = KeyScene.id(3);
            scene.state = OperatorMoves.supply(scene.state, scene.candidate(lost));
            scene.state = OperatorMoves.supply(scene.state, scene.candidate(NEW));
            scene.held.add(NEW);
            scene.step();
            assertThat(scene.stage(lost)).isEqualTo(Stage.CANDIDATE);

            scene.held.add(lost);
            scene.step();

            assertThat(scene.stage(lost)).isEqualTo(Stage.RETIRING);
            assertThat(scene.state.version(lost).orElseThrow().reason()).isEqualTo(Reason.NOT_CHOSEN);
            assertThat(scene.where()).isEqualTo(RotationState.STAGED);
        }

        @Test
        void severalVersions_atOnce_leaveIndependently() {
            scene.flagged().start();
            scene.state = OperatorMoves.supply(scene.state, scene.candidate(KeyScene.id(3)));
            scene.held.add(KeyScene.id(3));
            scene.step();
            scene.accept(NEW).attitude(OLD, Acceptance.REFUSED).step();

            assertThat(scene.stage(OLD)).isEqualTo(Stage.REVOKED);
            assertThat(scene.where()).isEqualTo(RotationState.STAGED);
        }
    }
}
