package io.keywane.store;

import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyFault;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import io.keywane.store.AwsStandIn.Call;
import io.keywane.store.AwsStandIn.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static io.keywane.store.SecretStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/** What AWS asks of the store beyond the contract: labels, fences, other fields, lost answers, late reads. */
class AwsSecretStoreTest {
    private static final String NAME = "prod/" + SEARCH;
    private static final String THEIRS = "11111111-2222-3333-4444-555555555555";

    private final AwsStandIn aws = new AwsStandIn();
    private final SecretsManagerClient client = AwsStoreSetup.client(aws.endpoint());
    private final AwsSecretStore store = AwsStoreSetup.store(client, "prod/", Optional.of("api_key"));

    @BeforeEach
    void secretExists() {
        aws.create(NAME);
    }

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    /** Version 1 current, version 2 staged. */
    private StoreView prepared() {
        store.stage(SEARCH, version(1), material(1), 0);
        StoreView first = store.promote(SEARCH, version(1), store.view(SEARCH).revision());
        return store.stage(SEARCH, version(2), material(2), first.revision());
    }

    private static String held(int n) {
        return "keywane-held-" + version(n);
    }

    @Test
    void stage_asksForALabelOfItsOwnAndNeverForCurrent() {
        prepared();
        List<Call> puts = aws.takeCalls().stream().filter(call -> call.operation().equals("PutSecretValue")).toList();

        assertThat(puts).hasSize(3);
        assertThat(puts.get(0).request()).containsEntry("SecretString", "{}");
        for (Call put : puts.subList(1, 3)) {
            VersionId id = new VersionId(put.text("ClientRequestToken").orElseThrow());
            assertThat(put.request()).containsEntry("VersionStages", List.of("keywane-held-" + id));
        }
    }

    private static StoreReference place(String path) {
        return new StoreReference(new StoreName("aws"), path, Optional.of("api_key"), path);
    }

    @Test
    void candidate_inASecretOfItsOwn_isFoundByReadingAlone() {
        StoreReference next = place(NAME + "-next");
        assertThat(store.candidate(SEARCH, next)).isInstanceOf(Answer.Nothing.class);
        aws.create(NAME + "-next");
        assertThat(store.candidate(SEARCH, next)).isInstanceOf(Answer.Nothing.class);
        aws.save(NAME + "-next", THEIRS, "{\"other\":\"x\"}");
        assertThat(store.candidate(SEARCH, next).toString()).contains("has no text in field \"api_key\"");
        aws.save(NAME + "-next", THEIRS + "2", "{\"api_key\":\"a\\u0001b\"}");
        assertThat(store.candidate(SEARCH, next)).isEqualTo(new Answer.Unusable(KeyFault.CONTROL_CHARACTER));
        aws.save(NAME + "-next", THEIRS + "3", "{\"api_key\":\"" + Samples.value(2) + "\"}");
        aws.takeCalls();

        assertThat(store.candidate(SEARCH, next)).isEqualTo(new Answer.Found(material(2)));
        assertThat(aws.takeCalls()).extracting(Call::operation).containsExactlyInAnyOrder("DescribeSecret",
                "GetSecretValue");
    }

    @Test
    void candidate_thatIsTheConsumersSecretUnderAnotherName_isRefused() {
        prepared();
        StoreReference same = place("arn:aws:secretsmanager:eu-central-1:123456789012:secret:" + NAME);

        assertFails(StoreFailure.Kind.DENIED, () -> store.candidate(SEARCH, same));
    }

    @Test
    void promote_asksForItsProofAfterAllElseAndJustBeforeTheSwitch() {
        prepared();
        aws.save(NAME, THEIRS, "{\"api_key\":\"" + Samples.value(1) + "\",\"n\":1.50}"); // so that a copy is written
        StoreView view = store.view(SEARCH);
        aws.takeCalls();
        List<Call> before = new ArrayList<>();

        store.promote(SEARCH, version(2), view.revision(), () -> before.addAll(aws.takeCalls()));

        assertThat(before).extracting(Call::operation).contains("PutSecretValue");
        assertThat(before).noneMatch(call -> call.text("VersionStage").equals(Optional.of("AWSCURRENT")));
        Call first = aws.takeCalls().getFirst();
        assertThat(first.operation()).isEqualTo("UpdateSecretVersionStage");
        assertThat(first.request()).containsEntry("VersionStage", "AWSCURRENT");
    }

    /** The product's client repeats by itself. */
    private StoreView promoteWithRepeats(long revision) {
        try (SecretsManagerClient repeating = AwsStoreSetup.client(aws.endpoint(), 3)) {
            return AwsStoreSetup.store(repeating, "prod/", Optional.of("api_key")).promote(SEARCH, version(2),
                    revision);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void promote_doneByATryWhoseAnswerWasLost_isFoundDoneWhateverTheLastTryIsTold(Fault last) {
        StoreView view = prepared();
        aws.fail("UpdateSecretVersionStage", Fault.ANSWER_LOST, last, last);
        aws.takeCalls();

        assertThat(promoteWithRepeats(view.revision()).current()).contains(version(2));

        assertThat(aws.takeCalls().stream().filter(call -> call.operation().equals("UpdateSecretVersionStage"))
                .filter(call -> call.text("VersionStage").equals(Optional.of("AWSCURRENT"))).count())
                .as("it was repeated").isGreaterThan(1);
    }

    @Test
    void promote_doneByATryWhoseAnswerWasLost_andTheRepeatFenced_isFoundDone() {
        StoreView view = prepared();
        aws.fail("UpdateSecretVersionStage", Fault.ANSWER_LOST);

        assertThat(promoteWithRepeats(view.revision()).current()).contains(version(2));
    }

    @Test
    void promote_repeatedAndNotSeenDone_isUnknown() {
        StoreView view = prepared();
        aws.fail("UpdateSecretVersionStage", Fault.INTERNAL, Fault.DENIED);

        assertFails(StoreFailure.Kind.UNKNOWN_OUTCOME, () -> promoteWithRepeats(view.revision()));

        assertThat(store.view(SEARCH)).isEqualTo(view);
        assertThat(store.promote(SEARCH, version(2), view.revision()).current()).contains(version(2));
    }

    @Test
    void promote_namesTheVersionItLeaves() {
        StoreView view = prepared();
        aws.takeCalls();

        store.promote(SEARCH, version(2), view.revision());

        assertThat(aws.takeCalls()).filteredOn(call -> call.operation().equals("UpdateSecretVersionStage"))
                .extracting(Call::request)
                .containsExactly(Map.of("SecretId", NAME, "VersionStage", "AWSCURRENT", "MoveToVersionId",
                        version(2).value(), "RemoveFromVersionId", version(1).value()));
        assertThat(aws.labels(NAME)).containsEntry("AWSCURRENT", version(2).value())
                .containsEntry("AWSPREVIOUS", version(1).value()).containsEntry(held(1), version(1).value());
    }

    @Test
    void noCall_everDeletesOrTagsOrCreates() {
        StoreView promoted = store.promote(SEARCH, version(2), prepared().revision());
        StoreView marked = store.mark(SEARCH, version(1), true, promoted.revision());
        store.release(SEARCH, version(1), marked.revision());

        assertThat(aws.takeCalls()).extracting(Call::operation).containsOnly("DescribeSecret", "GetSecretValue",
                "PutSecretValue", "UpdateSecretVersionStage");
    }

    @Test
    void promote_afterOthersChangedOtherFields_keepsTheirChange() {
        StoreView view = prepared();
        aws.save(NAME, THEIRS, "{ \"url\":\"https://x\", \"api_key\":\"" + Samples.value(1) + "\"}");

        StoreView now = store.view(SEARCH);
        assertThat(now.current()).as("no foreign change").isEqualTo(view.current());
        StoreView promoted = store.promote(SEARCH, version(2), now.revision());

        assertThat(promoted.current()).contains(version(2));
        assertThat(aws.current(NAME)).contains("{ \"url\":\"https://x\", \"api_key\":\"" + Samples.value(2) + "\"}");
        assertThat(store.read(SEARCH, version(1))).isEqualTo(material(1));
        assertThat(store.read(SEARCH, version(2))).isEqualTo(material(2));
        assertThat(aws.labels(NAME).keySet()).noneMatch(label -> label.startsWith("keywane-next"));
    }

    @Test
    void promote_ontoOtherFieldsWithoutAKey_keepsThemAndHoldsNothingElse() {
        aws.save(NAME, THEIRS, "{\"url\": \"https://x\"}");
        StoreView staged = store.stage(SEARCH, version(1), material(1), store.view(SEARCH).revision());
        assertThat(staged.current()).isEmpty();

        StoreView promoted = store.promote(SEARCH, version(1), staged.revision());

        assertThat(promoted.held()).containsExactly(version(1));
        assertThat(aws.current(NAME)).contains("{\"url\": \"https://x\",\"api_key\":\"" + Samples.value(1) + "\"}");
        assertThat(aws.labels(NAME).keySet()).containsExactlyInAnyOrder("AWSCURRENT", "AWSPREVIOUS", held(1));
    }

    @Test
    void rollback_afterOthersChangedOtherFields_keepsTheirChange() {
        StoreView promoted = store.promote(SEARCH, version(2), prepared().revision());
        aws.save(NAME, THEIRS, "{\"api_key\":\"" + Samples.value(2) + "\",\"n\":1.50}");

        store.promote(SEARCH, version(1), store.view(SEARCH).revision());

        assertThat(promoted.current()).contains(version(2));
        assertThat(aws.current(NAME)).contains("{\"api_key\":\"" + Samples.value(1) + "\",\"n\":1.50}");
    }

    @Test
    void view_afterOthersChangedTheKey_showsAVersionOfTheirsThatCanBeRead() {
        prepared();
        aws.save(NAME, THEIRS, "{\"api_key\":\"" + Samples.value(7) + "\"}");

        StoreView view = store.view(SEARCH);
        VersionId theirs = view.current().orElseThrow();

        assertThat(theirs).isNotIn(version(1), version(2));
        assertThat(store.view(SEARCH)).isEqualTo(view);
        assertThat(store.read(SEARCH, theirs)).isEqualTo(material(7));
        StoreView promoted = store.promote(SEARCH, version(2), view.revision());
        assertThat(promoted.held()).as("their key comes into custody before it is left").contains(theirs);
        assertThat(store.read(SEARCH, theirs)).isEqualTo(material(7));
    }

    @Test
    void stage_ofTheValueThatOthersServe_claimsTheirVersion() {
        aws.save(NAME, THEIRS, "{\"api_key\":\"" + Samples.value(1) + "\"}");

        StoreView view = store.stage(SEARCH, version(1), material(1), store.view(SEARCH).revision());

        assertThat(view.current()).contains(version(1));
        assertThat(aws.labels(NAME)).containsEntry(held(1), THEIRS);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "INTERNAL", "DENIED"})
    void promote_refused_changesNothingAndWorksAgain(Fault fault) {
        StoreView view = prepared();
        aws.fail("UpdateSecretVersionStage", fault);

        assertFails(switch (fault) {
            case THROTTLED -> StoreFailure.Kind.UNAVAILABLE;
            case INTERNAL -> StoreFailure.Kind.UNKNOWN_OUTCOME;
            case DENIED, ANSWER_LOST -> StoreFailure.Kind.DENIED;
        }, () -> store.promote(SEARCH, version(2), view.revision()));

        assertThat(store.view(SEARCH)).isEqualTo(view);
        assertThat(store.promote(SEARCH, version(2), view.revision()).current()).contains(version(2));
    }

    @Test
    void writes_withLostAnswers_areFoundDone() {
        aws.fail("PutSecretValue", Fault.ANSWER_LOST, Fault.ANSWER_LOST);
        aws.fail("UpdateSecretVersionStage", Fault.ANSWER_LOST);

        StoreView staged = store.stage(SEARCH, version(1), material(1), 0);
        StoreView promoted = store.promote(SEARCH, version(1), staged.revision());

        assertThat(promoted.current()).contains(version(1));
    }

    /** One look before the switch, and then none. */
    @Test
    void promote_whoseAnswerIsLostAndThatCannotBeSeen_isUnknown() {
        StoreView view = prepared();
        aws.failAfter("UpdateSecretVersionStage", "DescribeSecret", Fault.THROTTLED);
        aws.fail("UpdateSecretVersionStage", Fault.ANSWER_LOST);

        assertFails(StoreFailure.Kind.UNKNOWN_OUTCOME, () -> store.promote(SEARCH, version(2), view.revision()));

        assertThat(store.view(SEARCH).current()).contains(version(2));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"THROTTLED", "INTERNAL", "DENIED"})
    void promote_thatIsDoneAndCannotBeSeen_isUnknown(Fault fault) {
        StoreView view = prepared();
        aws.failAfter("UpdateSecretVersionStage", "DescribeSecret", fault);

        assertFails(StoreFailure.Kind.UNKNOWN_OUTCOME, () -> store.promote(SEARCH, version(2), view.revision()));

        assertThat(store.view(SEARCH).current()).contains(version(2));
    }

    @Test
    void mark_thatIsSetBesideTheLabelOfCustody_isUnknown() {
        StoreView promoted = store.promote(SEARCH, version(2), prepared().revision());
        aws.failAfter("UpdateSecretVersionStage", "UpdateSecretVersionStage", Fault.DENIED);

        assertFails(StoreFailure.Kind.UNKNOWN_OUTCOME,
                () -> store.mark(SEARCH, version(1), true, promoted.revision()));

        assertThat(store.view(SEARCH).flagged()).contains(version(1));
        assertThat(store.mark(SEARCH, version(1), true, store.view(SEARCH).revision()).flagged())
                .contains(version(1));
    }

    @Test
    void read_atEachLook_isBilledOnceForEachVersionOfAws() {
        prepared();
        aws.takeCalls();
        for (int look = 0; look < 3; look++) {
            store.view(SEARCH);
            assertThat(store.read(SEARCH, version(1))).isEqualTo(material(1));
            assertThat(store.read(SEARCH, version(2))).isEqualTo(material(2));
        }
        assertThat(aws.takeCalls()).extracting(Call::operation).filteredOn("GetSecretValue"::equals).hasSize(2);

        aws.save(NAME, THEIRS, "{\"api_key\":\"" + Samples.value(3) + "\"}");
        VersionId theirs = store.view(SEARCH).current().orElseThrow();
        assertThat(store.read(SEARCH, theirs)).isEqualTo(material(3));
        assertThat(store.read(SEARCH, version(1))).isEqualTo(material(1));
    }

    @Test
    void reads_thatLag_areWaitedFor() {
        aws.lag(3);
        StoreView promoted = store.promote(SEARCH, version(2), prepared().revision());
        StoreView marked = store.mark(SEARCH, version(1), true, promoted.revision());

        assertThat(marked.flagged()).containsExactly(version(1));
        assertThat(store.view(SEARCH)).isEqualTo(marked);
    }

    @Test
    void promote_whileSomebodyWasQuicker_isConflictByTheFence() {
        StoreView view = prepared();
        aws.lag(2);
        aws.save(NAME, THEIRS, "{\"api_key\":\"" + Samples.value(7) + "\"}");

        assertFails(StoreFailure.Kind.CONFLICT, () -> store.promote(SEARCH, version(2), view.revision()));
        assertThat(aws.labels(NAME)).containsEntry("AWSCURRENT", THEIRS);
    }

    @Test
    void stage_withFewLabelsLeft_isRefusedWithTheWayOut() {
        StoreView view = prepared();
        for (int n = 0; n < 14; n++) {
            aws.label(NAME, "theirs-" + n, version(1).value());
        }
        StoreView full = store.view(SEARCH);

        assertThat(full.held()).isEqualTo(view.held());
        assertFails(StoreFailure.Kind.UNAVAILABLE,
                () -> store.stage(SEARCH, version(3), material(3), full.revision()));
    }

    @Test
    void secret_thatALambdaRotates_isNotTouched() {
        StoreView view = prepared();
        aws.enableRotation(NAME);

        assertFails(StoreFailure.Kind.DENIED, () -> store.promote(SEARCH, version(2), view.revision()));
        assertFails(StoreFailure.Kind.DENIED,
                () -> store.stage(SEARCH, version(3), material(3), view.revision()));
    }

    @Test
    void secret_scheduledForDeletion_isUnavailable() {
        prepared();
        aws.scheduleDeletion(NAME);

        assertFails(StoreFailure.Kind.UNAVAILABLE, () -> store.view(SEARCH));
    }

    @Test
    void secret_thatIsAbsent_isNamedWithTheWayOut() {
        assertFails(StoreFailure.Kind.NOT_FOUND, () -> store.view(Samples.FEED));
    }

    @Test
    void secret_thatIsNoObject_isDamaged() {
        aws.save(NAME, THEIRS, Samples.value(3));

        assertFails(StoreFailure.Kind.DAMAGED, () -> store.view(SEARCH));
    }

    @Test
    void bareSecret_isTheKeyItself() {
        AwsSecretStore bare = AwsStoreSetup.store(client, "prod/", Optional.empty());

        StoreView staged = bare.stage(SEARCH, version(1), material(1), 0);
        assertThat(staged.current()).isEmpty();
        bare.promote(SEARCH, version(1), staged.revision());

        assertThat(aws.current(NAME)).contains(Samples.value(1));
    }
}
