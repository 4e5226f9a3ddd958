package io.keywane.store;

import io.keywane.engine.HostClock;
import io.keywane.engine.KeySource.Answer;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreFinding.Severity;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.engine.VaultSettings;
import io.keywane.engine.VaultSettings.Login;
import io.keywane.key.KeyFault;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.rotation.StoreView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.value;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the Vault store does beyond what every store does; the same on the stand-in and on a real server. */
abstract class VaultSecretStoreContract extends SecretStoreContract {
    private Duration skipped = Duration.ZERO;
    final HostClock clock = () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now())
            .plus(skipped);

    @TempDir
    Path temporary;

    final String path = "keywane-test/" + UUID.randomUUID();
    private VaultSecretStore store;
    private VaultPeople people;
    private Map<KeyName, StoreReference> places = bothPlaces();
    private Map<KeyName, StoreReference> candidates = Map.of();

    abstract URI address();

    /** A token that may do everything. */
    abstract String rootToken();

    abstract String mount();

    /** The name of a KV version 1 mount. */
    abstract String versionOneMount();

    /** A token with the rights of a policy and those of "default". */
    abstract String tokenWith(String policy);

    /** A role of AppRole with the rights of a policy. */
    abstract Role roleWith(String policy);

    /** What a role logs in with. */
    record Role(String roleId, String secretId) {}

    @BeforeEach
    void open() throws IOException {
        store = open(mount(), tokenFile(rootToken()));
        people = new VaultPeople(address(), rootToken(), mount());
    }

    @Override
    SecretStore store() {
        return store;
    }

    final VaultPeople people() {
        return people;
    }

    final Login tokenFile(String token) throws IOException {
        return new Login.TokenFile(Files.writeString(temporary.resolve("token"), token + "\n"));
    }

    final VaultSecretStore open(String mount, Login login) {
        VaultSettings settings = new VaultSettings(address(), Optional.empty(), mount, Optional.empty(),
                Duration.ofSeconds(2), Duration.ZERO, login);
        return VaultSecretStore.open(new StoreName("vault"), settings, () -> places, () -> candidates, clock);
    }

    /** Lets the store see time pass. */
    final void skip(Duration span) {
        skipped = skipped.plus(span);
    }

    private static StoreReference place(String secret, String custody) {
        return new StoreReference(new StoreName("vault"), secret, Optional.of("api_key"), custody);
    }

    private Map<KeyName, StoreReference> bothPlaces() {
        return Map.of(SEARCH, place(path, path + "-keywane"), FEED, place(path + "-feed", path + "-feed/own"));
    }

    /** A shipped policy for the paths of this test. */
    final String policy(String file) throws IOException {
        return Files.readString(Path.of("config/vault").resolve(file))
                .replaceAll("secret/(data|metadata)/team-search/jobo", mount() + "/$1/" + path);
    }

    private StoreView current(int n) {
        StoreView view = store.view(SEARCH);
        StoreView staged = store.stage(SEARCH, version(n), material(n), view.revision());
        return store.promote(SEARCH, version(n), staged.revision());
    }

    @Test
    void promote_secretOfManyFields_changesOneAndKeepsTheOthers() {
        people.write(path, """
                {"api_key":null,"n":1.25,"big":9007199254740991,"yes":true,"no":null,"text":"Grüße ☃ \\"q\\"\\n",
                 "deep":{"list":[1,"two",{"three":null}],"empty":{}},"api_key2":"mine"}""");
        people.write(path, people.fields(path).toString().replace("\"api_key\":null,", ""));
        ObjectNode before = (ObjectNode) people.fields(path);

        current(1);
        current(2);

        assertThat(people.fields(path)).isEqualTo(before.put("api_key", value(2)));
    }

    @Test
    void promote_otherFieldChangedAfterStaging_keepsTheChange() {
        StoreView view = current(1);
        StoreView staged = store.stage(SEARCH, version(2), material(2), view.revision());
        people.write(path, "{\"api_key\":\"" + value(1) + "\",\"url\":\"https://example.com\"}");

        store.promote(SEARCH, version(2), staged.revision());

        assertThat(people.fields(path).path("url").asString()).isEqualTo("https://example.com");
        assertThat(people.fields(path).path("api_key").asString()).isEqualTo(value(2));
    }

    @Test
    void promote_keyChangedByOthers_isConflictAndKeepsBoth() {
        StoreView view = current(1);
        StoreView staged = store.stage(SEARCH, version(2), material(2), view.revision());
        people.write(path, "{\"api_key\":\"" + value(7) + "\"}");

        assertThat(store.view(SEARCH).current()).isEmpty();
        assertFails(Kind.CONFLICT, () -> store.promote(SEARCH, version(2), staged.revision()));
        assertThat(people.fields(path).path("api_key").asString()).isEqualTo(value(7));
        assertThat(store.view(SEARCH).held()).containsExactlyInAnyOrder(version(1), version(2));
    }

    @Test
    void view_keyPutBackByOthers_isCurrentAgain() {
        current(1);
        StoreView second = current(2);
        people.write(path, "{\"api_key\":\"something else\"}");
        assertThat(store.view(SEARCH).current()).isEmpty();

        people.write(path, "{\"api_key\":\"" + value(2) + "\"}");

        assertThat(store.view(SEARCH)).isEqualTo(second);
    }

    @Test
    void view_olderKeyPutBackByOthers_showsIt() {
        current(1);
        StoreView second = current(2);
        store.mark(SEARCH, version(1), true, second.revision());

        people.write(path, "{\"api_key\":\"" + value(1) + "\"}");

        assertThat(store.view(SEARCH).current()).contains(version(1));
        assertThat(store.view(SEARCH).flagged()).isEmpty();
    }

    @Test
    void promote_secretDeletedByOthers_isConflictUntilItIsBack() {
        StoreView view = current(1);
        StoreView staged = store.stage(SEARCH, version(2), material(2), view.revision());
        int number = people.version(path);
        people.deleteLatest(path);

        assertThat(store.view(SEARCH).current()).isEmpty();
        assertFails(Kind.CONFLICT, () -> store.promote(SEARCH, version(2), staged.revision()));

        people.undelete(path, number);
        assertThat(store.promote(SEARCH, version(2), staged.revision()).current()).contains(version(2));
    }

    @Test
    void promote_secretRemovedWithItsHistory_isConflict() {
        StoreView view = current(1);
        StoreView staged = store.stage(SEARCH, version(2), material(2), view.revision());
        people.deleteAll(path);
        assertFails(Kind.UNAVAILABLE, () -> store.view(SEARCH));
        skip(Duration.ofMinutes(1));

        assertThat(store.view(SEARCH).current()).isEmpty();
        assertFails(Kind.CONFLICT, () -> store.promote(SEARCH, version(2), staged.revision()));
    }

    @Test
    void promote_firstOntoADeletedSecret_writesAfterItsNumber() {
        people.write(path, "{\"url\":\"x\"}");
        people.deleteLatest(path);

        assertThat(current(1).current()).contains(version(1));
        assertThat(people.version(path)).isEqualTo(2);
    }

    @Test
    void promote_firstWhereConsumersReadThatKey_takesItOverWithoutAWrite() {
        people.write(path, "{\"api_key\":\"" + value(1) + "\"}");
        StoreView staged = store.stage(SEARCH, version(1), material(1), 0);
        assertThat(staged.current()).isEmpty();

        StoreView promoted = store.promote(SEARCH, version(1), staged.revision());

        assertThat(promoted.current()).contains(version(1));
        assertThat(store.view(SEARCH)).isEqualTo(promoted);
        assertThat(people.version(path)).isEqualTo(1);
    }

    @Test
    void promote_firstWhereConsumersReadAnotherKey_isConflict() {
        people.write(path, "{\"api_key\":\"" + value(5) + "\"}");
        StoreView staged = store.stage(SEARCH, version(1), material(1), 0);

        assertThatThrownBy(() -> store.promote(SEARCH, version(1), staged.revision()))
                .hasMessageContaining("consumers already read another key in field api_key of " + mount() + "/" + path)
                .hasMessageContaining("keywane keys import");
        assertThat(people.fields(path).path("api_key").asString()).isEqualTo(value(5));
    }

    @Test
    void promote_secretThatKeepsOneVersion_losesNoKey() {
        people.metadata(path, "{\"max_versions\":1}");
        people.metadata(path + "-keywane", "{\"max_versions\":1}");

        for (int n = 1; n <= 4; n++) {
            current(n);
        }

        for (int n = 1; n <= 4; n++) {
            assertThat(store.read(SEARCH, version(n))).isEqualTo(material(n));
        }
    }

    @Test
    void view_custodyDeletedByOthers_isDamagedAndSaysHowToUndoIt() {
        StoreView view = current(1);
        people.deleteLatest(path + "-keywane");

        assertThatThrownBy(() -> store.view(SEARCH)).isInstanceOf(StoreException.class)
                .hasMessageContaining("vault kv undelete -mount=" + mount() + " -versions=2 " + path + "-keywane");
        assertFails(Kind.DAMAGED, () -> store.stage(SEARCH, version(2), material(2), view.revision()));

        people.undelete(path + "-keywane", 2);
        assertThat(store.view(SEARCH)).isEqualTo(view);
    }

    @Test
    void view_custodyOfAnotherKey_isDamaged() {
        current(1);
        people.write(path + "-keywane", people.fields(path + "-keywane").toString()
                .replace(SEARCH.value(), FEED.value()));

        assertThatThrownBy(() -> store.view(SEARCH)).hasMessageContaining("belongs to another managed key");
    }

    @Test
    void view_custodyThatIsNotOurs_isDamaged() {
        people.write(path + "-keywane", "{\"notes\":\"mine\"}");

        assertFails(Kind.DAMAGED, () -> store.stage(SEARCH, version(1), material(1), 1));
        assertThat(people.fields(path + "-keywane").path("notes").asString()).isEqualTo("mine");
    }

    @Test
    void open_mountOfVersionOne_isRefused() {
        assertThatThrownBy(() -> open(versionOneMount(), tokenFile(rootToken()))).isInstanceOf(StoreException.class)
                .hasMessageContaining("it is KV version 1, which ignores compare-and-set")
                .hasMessageContaining("vault kv enable-versioning " + versionOneMount());
    }

    @Test
    void view_nothingMounted_isDenied() throws IOException {
        VaultSecretStore elsewhere = open("nothing-here", tokenFile(rootToken()));

        assertFails(Kind.DENIED, () -> elsewhere.view(SEARCH));
    }

    @Test
    void view_tokenThatIsNotAccepted_isDeniedUntilItsFileHoldsAnother() throws IOException {
        VaultSecretStore refused = open(mount(), tokenFile("s.thisIsNoToken"));
        assertThatThrownBy(() -> refused.view(SEARCH)).hasMessageContaining("the token is not accepted");
        assertFails(Kind.DENIED, () -> refused.view(SEARCH));

        tokenFile(rootToken());

        assertThat(refused.view(SEARCH).revision()).isZero();
    }

    @Test
    void rotation_withTheShippedPolicy_works() throws IOException {
        store = open(mount(), tokenFile(tokenWith(policy("rotate.hcl"))));

        current(1);
        StoreView second = current(2);
        StoreView marked = store.mark(SEARCH, version(1), true, second.revision());
        store.release(SEARCH, version(1), marked.revision());

        assertThat(people.fields(path).path("api_key").asString()).isEqualTo(value(2));
        assertThat(problems()).isEmpty();
    }

    @Test
    void candidate_inASecretOfItsOwn_isFoundByReadingAloneAndStays() throws IOException {
        StoreReference next = new StoreReference(new StoreName("vault"), path + "-next", Optional.of("api_key"),
                path + "-next-keywane");
        candidates = Map.of(SEARCH, next);
        store = open(mount(), tokenFile(tokenWith(policy("rotate.hcl"))));
        assertThat(store.candidate(SEARCH, next)).isInstanceOf(Answer.Nothing.class);
        people.write(path + "-next", "{\"note\":\"to come\"}");
        assertThat(store.candidate(SEARCH, next).toString()).contains("has no text in field api_key");
        people.write(path + "-next", "{\"api_key\":\"a b\"}");
        assertThat(store.candidate(SEARCH, next)).isEqualTo(new Answer.Unusable(KeyFault.WHITE_SPACE));
        people.write(path + "-next", "{\"api_key\":\"\"}");
        assertThat(store.candidate(SEARCH, next)).isEqualTo(new Answer.Unusable(KeyFault.EMPTY));
        people.write(path + "-next", "{\"api_key\":\"" + value(1) + "\"}");
        int version = people.version(path + "-next");

        assertThat(store.candidate(SEARCH, next)).isEqualTo(new Answer.Found(material(1)));
        assertThat(people.version(path + "-next")).isEqualTo(version);
        assertThat(problems()).isEmpty();
    }

    @Test
    void candidate_withoutTheRight_isDeniedAndInspectedAsMissing() throws IOException {
        StoreReference next = new StoreReference(new StoreName("vault"), "elsewhere", Optional.of("api_key"),
                "elsewhere-keywane");
        candidates = Map.of(SEARCH, next);
        store = open(mount(), tokenFile(tokenWith(policy("rotate.hcl"))));

        assertFails(Kind.DENIED, () -> store.candidate(SEARCH, next));
        assertThat(problems()).containsExactly("missing right: read on " + mount() + "/data/elsewhere");
    }

    @Test
    void stage_withTheMonitorPolicy_isDeniedByItsRight() throws IOException {
        current(1);
        store = open(mount(), tokenFile(tokenWith(policy("monitor-only.hcl"))));

        assertThat(store.read(SEARCH, version(1))).isEqualTo(material(1));
        assertThatThrownBy(() -> store.stage(SEARCH, version(2), material(2), 2))
                .hasMessageContaining("the right is missing").hasMessageContaining(mount() + "/" + path + "-keywane");
        assertThat(findings(Severity.WARNING)).anyMatch(text -> text.contains("may read and not write"));
    }

    @Test
    void inspect_tooFewAndTooManyRights_namesEach() throws IOException {
        String odd = policy("rotate.hcl").replaceFirst("\"create\", \"read\", \"update\"", "\"read\", \"delete\"")
                + "path \"" + mount() + "/destroy/" + path + "\" { capabilities = [\"update\"] }\n";
        store = open(mount(), tokenFile(tokenWith(odd)));

        assertThat(problems()).containsExactlyInAnyOrder(
                "missing right: update on " + mount() + "/data/" + path,
                "right that keywane must not have: delete on " + mount() + "/data/" + path,
                "right that keywane must not have: update on " + mount() + "/destroy/" + path);
    }

    @Test
    void inspect_rootToken_isTooMuch() {
        assertThat(problems()).contains(
                "right that keywane must not have: root: the token may do everything");
    }

    @Test
    void inspect_secretThatEndsByItself_isAProblem() {
        people.metadata(path, "{\"delete_version_after\":\"72h\"}");
        people.metadata(path + "-keywane", "{\"delete_version_after\":\"72h\"}");
        current(1);

        assertThat(problems()).anyMatch(
                text -> text.startsWith(mount() + "/" + path + " will be taken away by the server at 20"))
                .anyMatch(text -> text.startsWith(mount() + "/" + path + "-keywane will be taken away"));
    }

    @Test
    void inspect_secretThatKeepsOneVersion_isAWarning() {
        people.metadata(path, "{\"max_versions\":1}");
        current(1);

        assertThat(findings(Severity.WARNING))
                .anyMatch(text -> text
                        .equals(mount() + "/" + path + " keeps one version only: people cannot look at what "
                                + "it held before"));
    }

    @Test
    void inspect_changesNothing() {
        StoreView before = current(1);
        int version = people.version(path);

        store.inspect();

        assertThat(store.view(SEARCH)).isEqualTo(before);
        assertThat(people.version(path)).isEqualTo(version);
    }

    @Test
    void appRole_withASecretId_logsIn() throws IOException {
        Role role = roleWith(policy("rotate.hcl"));
        Path roleId = Files.writeString(temporary.resolve("role-id"), role.roleId());
        Path secretId = Files.writeString(temporary.resolve("secret-id"), "wrong");
        store = open(mount(), new Login.AppRole("approle", roleId, secretId));
        assertThatThrownBy(() -> store.view(SEARCH)).hasMessageContaining("role id or secret id is not accepted");

        Files.writeString(secretId, role.secretId());

        assertThat(current(1).current()).contains(version(1));
    }

    private List<String> problems() {
        return findings(Severity.PROBLEM);
    }

    /** What is found where this one key is all that is kept. */
    private List<String> findings(Severity severity) {
        places = Map.of(SEARCH, bothPlaces().get(SEARCH));
        return store.inspect().stream().filter(finding -> finding.severity() == severity).map(StoreFinding::message)
                .toList();
    }
}
