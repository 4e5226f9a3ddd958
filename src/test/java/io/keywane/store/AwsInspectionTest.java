package io.keywane.store;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreFinding.Severity;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyName;
import io.keywane.rotation.StoreView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

/** What an examination of the AWS store finds, and that it changes nothing. */
class AwsInspectionTest {
    private static final StoreName NAME = new StoreName("aws");
    private static final AwsSettings SETTINGS = new AwsSettings("eu-central-1", Optional.empty(),
            new AwsSettings.Credentials.Chain(), Duration.ofSeconds(5), Duration.ZERO);
    private static final String SECRET = "prod/search";

    private final AwsStandIn aws = new AwsStandIn();
    private final SecretsManagerClient client = AwsStoreSetup.client(aws.endpoint());
    private Map<KeyName, StoreReference> candidates = Map.of();
    private final AwsSecretStore store = at(Map.of(SEARCH, SECRET));

    @BeforeEach
    void aKeyIsCurrent() {
        aws.create(SECRET);
        StoreView staged = store.stage(SEARCH, version(1), material(1), 0);
        store.promote(SEARCH, version(1), staged.revision());
        aws.takeCalls();
    }

    @AfterEach
    void close() {
        client.close();
        aws.close();
    }

    private AwsSecretStore at(Map<KeyName, String> secrets) {
        return new AwsSecretStore(NAME, SETTINGS, client, () -> secrets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> SETTINGS.place(NAME,
                        entry.getValue(), Optional.of("api_key"), Optional.empty()))),
                () -> candidates, () -> Samples.START);
    }

    private List<String> found(Severity severity) {
        return store.inspect().stream().filter(finding -> finding.severity() == severity).map(StoreFinding::message)
                .toList();
    }

    @Test
    void inspect_allRights_isGoodAndSaysWhatCannotBeSeen() {
        assertThat(found(Severity.PROBLEM)).isEmpty();
        assertThat(found(Severity.WARNING)).isEmpty();
        assertThat(found(Severity.OK))
                .containsExactly(
                        "secret prod/search in eu-central-1 can be read and written; 17 of 20 labels are free");
        assertThat(found(Severity.UNKNOWN)).singleElement().asString().contains("delete secrets");
        assertThat(store.inspect()).filteredOn(f -> f.severity() == Severity.UNKNOWN).singleElement()
                .satisfies(finding -> assertThat(finding.wayOut().orElseThrow())
                        .contains("simulate-principal-policy").contains("secretsmanager:DeleteSecret")
                        .endsWith("arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/search"));
    }

    @Test
    void inspect_placeOfNewKeys_isReadAndNamed() {
        candidates = Map.of(SEARCH, SETTINGS.place(NAME, "prod/search-next", Optional.of("api_key"), Optional.empty()));
        assertThat(found(Severity.OK)).contains("secret prod/search-next, where new keys are put, can be read");

        candidates = Map.of(SEARCH, SETTINGS.place(NAME, SECRET, Optional.of("api_key"), Optional.empty()));
        assertThat(found(Severity.PROBLEM)).singleElement().asString()
                .contains("is the one that consumers read: new keys need a secret of their own");
    }

    @Test
    void inspect_tryingToWrite_changesNothing() {
        StoreView before = store.view(SEARCH);
        Map<String, String> labels = aws.labels(SECRET);

        store.inspect();

        assertThat(store.view(SEARCH)).isEqualTo(before);
        assertThat(aws.labels(SECRET)).isEqualTo(labels);
        assertThat(aws.takeCalls()).extracting(AwsStandIn.Call::operation).contains("PutSecretValue",
                "UpdateSecretVersionStage");
    }

    @Test
    void inspect_oneRightMissing_namesIt() {
        aws.deny("PutSecretValue");
        assertThat(found(Severity.PROBLEM)).containsExactly("missing right: secretsmanager:PutSecretValue");
    }

    @Test
    void inspect_noRightToWrite_isEnoughToWatch() {
        aws.deny("PutSecretValue", "UpdateSecretVersionStage");
        assertThat(found(Severity.PROBLEM)).isEmpty();
        assertThat(found(Severity.WARNING))
                .containsExactly("the role may read and not write: enough to watch, not to rotate");
    }

    @Test
    void inspect_noRightToDescribe_isAProblemWithThePolicyAsWayOut() {
        aws.deny("DescribeSecret");
        assertThat(store.inspect()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.PROBLEM);
            assertThat(finding.message()).contains("AccessDeniedException").contains(SECRET);
            assertThat(finding.wayOut().orElseThrow()).contains("config/aws/rotate.json");
        });
    }

    @Test
    void inspect_rotatedByALambda_saysHowToEndThat() {
        aws.enableRotation(SECRET);
        assertThat(store.inspect()).filteredOn(f -> f.severity() == Severity.PROBLEM).singleElement()
                .satisfies(finding -> assertThat(finding.wayOut())
                        .contains("aws secretsmanager cancel-rotate-secret --secret-id prod/search"));
    }

    @Test
    void inspect_fewLabelsLeft_isAProblem() {
        for (int n = 0; n < 15; n++) {
            aws.label(SECRET, "theirs-" + n, version(1).value());
        }
        assertThat(found(Severity.PROBLEM)).containsExactly(
                "secret prod/search has 2 of 20 staging labels left, and a rotation needs 4");
    }

    @Test
    void inspect_oneSecretUnderTwoNames_isAProblem() {
        AwsSecretStore both = at(Map.of(SEARCH, SECRET, FEED,
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:" + SECRET));
        assertThat(both.inspect()).filteredOn(f -> f.severity() == Severity.PROBLEM).extracting(StoreFinding::message)
                .containsExactly("its secret is that of key feed-production as well");
    }

    @Test
    void inspect_absentOrDoomedSecret_isAProblem() {
        aws.scheduleDeletion(SECRET);
        assertThat(found(Severity.PROBLEM)).singleElement().asString().contains("restore-secret");
        assertThat(at(Map.of(FEED, "prod/feed")).inspect()).singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("has no secret prod/feed"));
    }

    @Test
    void inspect_beforeTheFirstKey_saysWhatShowsLater() {
        aws.create("prod/feed");
        assertThat(at(Map.of(FEED, "prod/feed")).inspect()).filteredOn(f -> f.severity() == Severity.UNKNOWN)
                .extracting(StoreFinding::message).anyMatch(text -> text.contains("once a key is in custody"));
    }
}
