package io.keywane.alert;

import io.keywane.anomaly.Anomaly;
import io.keywane.anomaly.AnomalyKind;
import io.keywane.anomaly.Grade;
import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.Acceptance;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.OperatorMoves;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Trigger;
import io.keywane.usage.Attribution;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.RunOut;
import io.keywane.usage.UnknownUse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

/** Each alert, and beside it the nearest case in which it must be quiet. */
class AlertRulesTest {
    private static final KeyName KEY = new KeyName("search-production");
    private static final OrganisationName ORGANISATION = new OrganisationName("acme");
    private static final LimiterGroup FEED = new LimiterGroup("feed");
    private static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final AlertThresholds THRESHOLDS = new AlertThresholds(0.9, 3, Duration.ofHours(2),
            Duration.ofHours(24));
    private static final Moment START = new Moment("boot-1", Duration.ofDays(5), Instant.parse("2026-03-01T10:00:00Z"));

    private Moment now = START;
    private KeyState state = KeyState.empty(KEY).adding(current());
    private Acceptance acceptance = Acceptance.ACCEPTED;
    private Duration sinceSuccess = Duration.ZERO;
    private double saturation = 0.1;
    private @Nullable Incident incident;
    private Set<VersionId> usedAfterFlag = Set.of();
    private @Nullable Reason foreign;
    private @Nullable UntoldConsumers untold;
    private Map<VersionId, Duration> acceptedAfterRevocation = Map.of();
    private @Nullable Maintenance maintenance;
    private boolean allRefused;
    private Optional<String> unreachable = Optional.empty();
    private OptionalLong balance = OptionalLong.of(1_000);
    private boolean outOfCredits;
    private @Nullable Duration runOutSoon;
    private @Nullable Duration runOutInDays;
    private @Nullable Attribution attribution;
    private @Nullable UnknownUse unknown;
    private Set<LimiterGroup> closed = Set.of();

    @Test
    void nothing_whereAllIsWell_fires() {
        assertThat(firing()).isEmpty();
    }

    @Test
    void nothing_ofAKeyWithoutAFirstValue_fires() {
        state = KeyState.empty(KEY);
        acceptance = Acceptance.UNPROVEN;
        sinceSuccess = Duration.ofDays(3);

        assertThat(firing()).isEmpty();
    }

    @Test
    void unreachable_whileTheControlRequestFails_fires() {
        unreachable = Optional.of("timeout");

        assertThat(firing()).containsExactly(AlertName.API_UNREACHABLE);
        assertThat(alerts().getFirst().summary()).contains("timeout");
    }

    @Test
    void headerStripped_whileAllKeysAreRefused_firesAndNamesBothExplanations() {
        allRefused = true;

        assertThat(firing()).containsExactly(AlertName.HEADER_STRIPPED);
        assertThat(alerts().getFirst().summary()).contains("revoked").contains("strips");
    }

    @Test
    void headerStripped_whileTheApiIsUnreachable_isQuiet() {
        allRefused = true;
        unreachable = Optional.of("timeout");

        assertThat(firing()).doesNotContain(AlertName.HEADER_STRIPPED);
    }

    @Test
    void creditsLow_belowTheThreshold_fires() {
        balance = OptionalLong.of(99);
        assertThat(firing()).containsExactly(AlertName.CREDITS_LOW);

        balance = OptionalLong.of(100);
        assertThat(firing()).isEmpty();

        balance = OptionalLong.empty();
        assertThat(firing()).isEmpty();
    }

    @Test
    void outOfCredits_onA402OrAnEmptyWallet_fires() {
        outOfCredits = true;
        assertThat(firing()).containsExactly(AlertName.OUT_OF_CREDITS);

        outOfCredits = false;
        balance = OptionalLong.of(0);
        assertThat(firing()).containsExactlyInAnyOrder(AlertName.OUT_OF_CREDITS, AlertName.CREDITS_LOW);

        balance = OptionalLong.of(1);
        assertThat(firing()).doesNotContain(AlertName.OUT_OF_CREDITS);
    }

    @ParameterizedTest
    @EnumSource(Acceptance.class)
    void keyRejected_onAConfirmedRefusalOnly_fires(Acceptance seen) {
        acceptance = seen;

        boolean refused = EnumSet.of(Acceptance.REFUSED, Acceptance.AMBIGUOUS).contains(seen);
        assertThat(firing().contains(AlertName.KEY_REJECTED)).isEqualTo(refused);
    }

    @Test
    void keyRejected_whereItIsAmbiguous_saysSo() {
        acceptance = Acceptance.AMBIGUOUS;
        assertThat(alerts().getFirst().summary()).contains("stripped");

        acceptance = Acceptance.REFUSED;
        assertThat(alerts().getFirst().summary()).doesNotContain("stripped");
    }

    @Test
    void probesStale_beyondTheIntervals_fires() {
        sinceSuccess = INTERVAL.multipliedBy(3);
        assertThat(firing()).isEmpty();

        sinceSuccess = INTERVAL.multipliedBy(3).plusSeconds(1);
        assertThat(firing()).containsExactly(AlertName.PROBES_STALE);
    }

    @Test
    void probesStale_ofARefusedKey_isQuietSinceTheRefusalFires() {
        sinceSuccess = Duration.ofHours(1);
        acceptance = Acceptance.REFUSED;

        assertThat(firing()).containsExactly(AlertName.KEY_REJECTED);
    }

    @Test
    void saturated_atTheThreshold_fires() {
        saturation = 0.89;
        assertThat(firing()).isEmpty();

        saturation = 0.9;
        assertThat(firing()).containsExactly(AlertName.RATE_LIMIT_SATURATED);
        assertThat(alerts().getFirst().summary()).contains("feed");
    }

    @ParameterizedTest
    @CsvSource({"SPIKE, PAGE, USAGE_SPIKE", "LEVEL_SHIFT, PAGE, USAGE_SPIKE", "UNUSUAL_HOURS, PAGE, USAGE_SPIKE",
        "SLOW_LEAK, NOTICE, USAGE_RISING", "SILENCE, PAGE, USAGE_SILENT", "DROP, PAGE, USAGE_SILENT"})
    void incident_ofEachKind_firesItsAlertWithFiguresAndWayOn(AnomalyKind kind, Grade grade, AlertName name) {
        incident = Incident.begins(new Anomaly(kind, grade, START.wall(), 20, 100, 0.5), START.wall());
        assertThat(firing()).containsExactly(name);
        assertThat(alerts().getFirst().summary()).contains("100 requests a minute", "20 expected", "5.0 times", "50 %");
        assertThat(alerts().getFirst().command()).matches("keywane alerts show [2-9a-z]{7}");

        incident = null;
        assertThat(firing()).isEmpty();
    }

    @Test
    void runOut_underFourHours_wakesAPersonAndNamesTheKey() {
        runOutSoon = Duration.ofMinutes(239);
        runOutInDays = Duration.ofHours(30);
        attribution = new Attribution(KEY, 0.8, 2, 20);
        assertThat(firing()).containsExactly(AlertName.CREDITS_RUN_OUT_SOON);
        assertThat(alerts().getFirst().summary()).contains("between", "80 %", "search-production", "from 2.0 to 20.0");

        runOutSoon = Duration.ofMinutes(241);
        assertThat(firing()).containsExactly(AlertName.CREDITS_RUN_OUT_IN_DAYS);

        runOutInDays = Duration.ofHours(73);
        assertThat(firing()).isEmpty();
    }

    @Test
    void runOut_ofAnEmptyWallet_isQuietSinceThatFires() {
        runOutSoon = Duration.ZERO;
        balance = OptionalLong.of(0);
        assertThat(firing()).containsExactly(AlertName.CREDITS_LOW, AlertName.OUT_OF_CREDITS);
    }

    @Test
    void unknownKey_asProven_fires() {
        unknown = new UnknownUse(START, START.plus(Duration.ofHours(1)), 40);
        assertThat(firing()).containsExactly(AlertName.UNKNOWN_KEY);
        assertThat(alerts().getFirst().summary()).startsWith("40 credits were used between 2026-03-01T10:00:00Z");
    }

    @Test
    void planLimited_inAGroupThatWorkedBefore_fires() {
        closed = Set.of(FEED);
        assertThat(firing()).containsExactly(AlertName.PLAN_LIMITED);
        assertThat(alerts().getFirst().summary()).contains("403", "feed");
    }

    @Test
    void id_ofAnAlert_staysWhileItFiresAndIsNewAfterwards() {
        unreachable = Optional.of("x");
        List<ActiveAlert> first = ActiveAlert.update(List.of(), alerts(), START);
        List<ActiveAlert> second = ActiveAlert.update(first, alerts(), START.plus(Duration.ofMinutes(5)));
        List<ActiveAlert> again = ActiveAlert.update(List.of(), alerts(), START.plus(Duration.ofMinutes(9)));

        assertThat(second.getFirst().id()).isEqualTo(first.getFirst().id()).isNotEqualTo(again.getFirst().id());
    }

    @Test
    void rotationDue_onceItsAgeOpenedIt_fires() {
        state = OperatorMoves.start(state, "r", Trigger.AGE, now);
        assertThat(firing()).containsExactly(AlertName.ROTATION_DUE);

        state = OperatorMoves.start(KeyState.empty(KEY).adding(current()), "r", Trigger.OPERATOR, now);
        assertThat(firing()).isEmpty();
    }

    @Test
    void rotationStuck_inAStepThatWaitsForNobody_fires() {
        state = in(RotationState.DRAINING, Reason.WAITS_FOR_SILENCE, false);
        now = START.plus(Duration.ofHours(2).minusSeconds(1));
        assertThat(firing()).isEmpty();

        now = START.plus(Duration.ofHours(2));
        assertThat(firing()).containsExactly(AlertName.ROTATION_STUCK);
    }

    @Test
    void rotationStuck_inAStepThatWaitsForAPerson_isQuiet() {
        now = START.plus(Duration.ofDays(3));

        state = in(RotationState.AWAITING_KEY, Reason.WAITS_FOR_KEY, false);
        assertThat(firing()).isEmpty();
        state = in(RotationState.VERIFIED, Reason.WAITS_FOR_APPROVAL, false);
        assertThat(firing()).isEmpty();
        state = in(RotationState.DRAINING, Reason.PAUSED_BY_OPERATOR, true);
        assertThat(firing()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = RotationState.class, names = {"FLAGGED", "REJECTED", "ABORTED", "ROLLED_BACK", "SUPERSEDED"})
    void rotationStuck_onceItIsOver_isQuiet(RotationState over) {
        state = in(over, Reason.DRAIN_PROVEN, false);
        now = START.plus(Duration.ofDays(3));

        assertThat(firing()).isEmpty();
    }

    @Test
    void rotationParked_atOnce_firesWithItsReason() {
        state = in(RotationState.PARKED, Reason.FOREIGN_CHANGE, false);

        assertThat(firing()).containsExactly(AlertName.ROTATION_PARKED);
        assertThat(alerts().getFirst().summary()).contains(Reason.FOREIGN_CHANGE.sentence());
    }

    @Test
    void revocationPending_aDayAfterTheFlag_fires() {
        state = state.adding(flagged());
        now = START.plus(Duration.ofHours(24).minusSeconds(1));
        assertThat(firing()).isEmpty();

        now = START.plus(Duration.ofHours(24));
        assertThat(firing()).containsExactly(AlertName.REVOCATION_PENDING);
    }

    @Test
    void revocationPending_onceItIsRevoked_isQuiet() {
        state = state.adding(flagged().to(Stage.REVOKED, Reason.REVOCATION_CONFIRMED, START));
        now = START.plus(Duration.ofDays(3));

        assertThat(firing()).isEmpty();
    }

    @Test
    void flaggedKeyUsed_fires() {
        usedAfterFlag = Set.of(VERSION);

        assertThat(firing()).containsExactly(AlertName.FLAGGED_KEY_USED);
    }

    @Test
    void everyAlert_thatIsDecidedHere_saysWhatToType() {
        acceptance = Acceptance.REFUSED;
        unreachable = Optional.of("x");
        outOfCredits = true;
        saturation = 1;
        usedAfterFlag = Set.of(VERSION);

        assertThat(alerts()).hasSizeGreaterThan(4)
                .allSatisfy(alert -> assertThat(alert.command()).startsWith("keywane "))
                .allSatisfy(alert -> assertThat(alert.name().isDecidedHere()).isTrue())
                .allSatisfy(alert -> assertThat(alert.key().isPresent()).isEqualTo(alert.name().isAboutKeys()));
    }

    @Test
    void update_keepsTheBeginOfWhatStillFires() {
        saturation = 0.95;
        List<ActiveAlert> first = ActiveAlert.update(List.of(), alerts(), START);
        saturation = 0.99;
        unreachable = Optional.of("timeout");
        Moment later = START.plus(Duration.ofMinutes(5));

        List<ActiveAlert> second = ActiveAlert.update(first, alerts(), later);

        assertThat(second).extracting(active -> active.alert().name(), ActiveAlert::since).containsExactlyInAnyOrder(
                tuple(AlertName.RATE_LIMIT_SATURATED, START),
                tuple(AlertName.API_UNREACHABLE, later));
        assertThat(ActiveAlert.update(second, List.of(), later)).isEmpty();
    }

    @Test
    void foreignChange_whileNoRotationIsOpen_firesUntilItIsAdopted() {
        assertThat(firing()).doesNotContain(AlertName.FOREIGN_CHANGE);

        foreign = Reason.FOREIGN_CHANGE;
        assertThat(alerts()).filteredOn(alert -> alert.name() == AlertName.FOREIGN_CHANGE).singleElement()
                .satisfies(alert -> assertThat(alert.command()).startsWith("keywane rotation adopt "));

        foreign = null;
        assertThat(firing()).doesNotContain(AlertName.FOREIGN_CHANGE);
    }

    @Test
    void revokedKeyAccepted_onlyBeyondTheVendorsLag_fires() {
        acceptedAfterRevocation = Map.of(VERSION, Duration.ofMinutes(5).minusSeconds(1));
        assertThat(firing()).doesNotContain(AlertName.REVOKED_KEY_ACCEPTED);

        acceptedAfterRevocation = Map.of(VERSION, Duration.ofMinutes(7));
        assertThat(alerts()).filteredOn(alert -> alert.name() == AlertName.REVOKED_KEY_ACCEPTED).singleElement()
                .satisfies(alert -> {
                    assertThat(alert.summary()).contains("was accepted by the API 7 minutes after");
                    assertThat(alert.command()).isEqualTo("keywane rotation confirm-revoked search-production"
                            + " --key-version " + VERSION.brief());
                });

        acceptedAfterRevocation = Map.of();
        assertThat(firing()).doesNotContain(AlertName.REVOKED_KEY_ACCEPTED);
    }

    @Test
    void consumers_thatCouldNotBeToldTwice_areTheAlert() {
        untold = new UntoldConsumers("/bin/reload", 1, "exit 1");
        assertThat(firing()).as("once may be a consumer that just restarts").isEmpty();

        untold = new UntoldConsumers("/bin/reload", 2, "exit 1");
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.name()).isEqualTo(AlertName.CONSUMERS_NOT_TOLD);
            assertThat(alert.summary())
                    .isEqualTo("the key was published, and /bin/reload could not tell its consumers in 2 runs: exit 1");
            assertThat(alert.command()).isEqualTo("keywane rotation status search-production");
        });

        untold = null;
        assertThat(firing()).isEmpty();
    }

    @Test
    void maintenance_whileItLasts_silencesTheKeysUseAndNothingElse() {
        incident = Incident.begins(
                new Anomaly(AnomalyKind.SPIKE, Grade.PAGE, now.wall(), 2, 90, 0.99), now.wall());
        saturation = 0.95;
        assertThat(firing()).contains(AlertName.USAGE_SPIKE, AlertName.RATE_LIMIT_SATURATED);

        maintenance = new Maintenance(now.wall(), now.wall().plusSeconds(60), "anna", "load test");
        assertThat(firing()).doesNotContain(AlertName.USAGE_SPIKE).contains(AlertName.RATE_LIMIT_SATURATED);
    }

    @Test
    void credits_whereAKeyIsSuspected_nameItAndItsUse() {
        balance = OptionalLong.of(5);
        assertThat(alerts()).singleElement().satisfies(alert -> assertThat(alert.command())
                .isEqualTo("keywane keys list"));

        attribution = new Attribution(KEY, 0.9, 1, 50);
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.summary()).contains("(90 %) is that of key search-production, from 1.0 to 50.0");
            assertThat(alert.command()).isEqualTo("keywane usage search-production --since 24h --plot");
        });
    }

    private List<AlertName> firing() {
        return alerts().stream().map(Alert::name).toList();
    }

    private List<Alert> alerts() {
        KeyWatch key = new KeyWatch(state, ORGANISATION, acceptance, sinceSuccess, INTERVAL, Map.of(FEED, saturation),
                Optional.ofNullable(incident), 1, closed, usedAfterFlag,
                acceptedAfterRevocation, Optional.ofNullable(maintenance), Optional.ofNullable(foreign),
                Optional.ofNullable(untold));
        OrganisationWatch organisation = new OrganisationWatch(ORGANISATION, allRefused, unreachable, balance, 100,
                outOfCredits, runOut(runOutSoon), runOut(runOutInDays), Optional.ofNullable(attribution),
                Optional.ofNullable(unknown));
        return AlertRules.evaluate(List.of(key), List.of(organisation), THRESHOLDS, now);
    }

    private Optional<RunOut> runOut(@Nullable Duration in) {
        return Optional.ofNullable(in).map(left -> now.wall().plus(left))
                .map(at -> new RunOut(at.minusSeconds(60), at, at.plusSeconds(60), 100));
    }

    private static KeyVersion current() {
        return version(VERSION, Stage.CURRENT);
    }

    private static KeyVersion flagged() {
        return version(new VersionId("f".repeat(32)), Stage.FLAGGED);
    }

    private static KeyVersion version(VersionId id, Stage stage) {
        return new KeyVersion(id, new Fingerprint("0123456789abcdef"), Optional.of("jbe_live_abc"),
                Optional.of("live"), Optional.empty(), START, stage, START, Reason.PROMOTION_READ_BACK, true,
                Optional.of(START), false,
                List.of());
    }

    private static KeyState in(RotationState where, Reason reason, boolean paused) {
        Optional<RotationState> from = where == RotationState.PARKED
                ? Optional.of(RotationState.STAGED)
                : Optional.empty();
        Rotation rotation = new Rotation("r", Trigger.OPERATOR, where, reason, START, START, Optional.of(VERSION),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), paused, false, from,
                List.of());
        return KeyState.empty(KEY).adding(current()).with(rotation);
    }
}
