package io.keywane.store;

import io.keywane.engine.StoreFailure.Kind;
import io.keywane.engine.StoreName;
import io.keywane.engine.VaultSettings;
import io.keywane.key.Moment;
import io.keywane.rotation.StoreView;
import io.keywane.store.VaultStandIn.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static io.keywane.store.SecretStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/** What the Vault store makes of a server that fails, lies or says nothing. */
class VaultFaultsTest {
    private static final Predicate<String> SECRET = "POST secret/data/app"::equals;
    private static final Predicate<String> CUSTODY = "POST secret/data/app-keywane"::equals;
    private static final StoreName NAME = new StoreName("vault");

    @TempDir
    private Path temporary;

    private final VaultStandIn server = new VaultStandIn();
    private VaultSecretStore store;
    private StoreView staged;

    @BeforeEach
    void prepare() throws IOException {
        Path token = Files.writeString(temporary.resolve("token"), VaultStandIn.ROOT);
        VaultSettings settings = new VaultSettings(server.address(), Optional.empty(), "secret", Optional.empty(),
                Duration.ofSeconds(1), Duration.ZERO, new VaultSettings.Login.TokenFile(token));
        store = VaultSecretStore.open(NAME, settings,
                () -> Map.of(SEARCH, settings.place(NAME, "app", Optional.of("api_key"), Optional.empty())),
                Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()));
        StoreView first = store.stage(SEARCH, version(1), material(1), 0);
        StoreView current = store.promote(SEARCH, version(1), first.revision());
        staged = store.stage(SEARCH, version(2), material(2), current.revision());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_LOST", "FAILED_AFTER_EFFECT"})
    void promote_answerLostAfterEffect_isSeenByReadingBack(Fault fault) {
        server.order(fault, CUSTODY);
        server.order(fault, SECRET);

        StoreView promoted = store.promote(SEARCH, version(2), staged.revision());

        assertThat(promoted.current()).contains(version(2));
        assertThat(store.view(SEARCH)).isEqualTo(promoted);
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST_LOST", "FAILED"})
    void promote_fieldNotWritten_isUnknownAndServesTheFormerUntilRepeated(Fault fault) {
        server.order(fault, SECRET);

        assertFails(Kind.UNKNOWN_OUTCOME, () -> store.promote(SEARCH, version(2), staged.revision()));
        StoreView between = store.view(SEARCH);
        assertThat(between.current()).contains(version(1));
        assertFails(Kind.CONFLICT, () -> store.promote(SEARCH, version(2), staged.revision()));

        assertThat(store.promote(SEARCH, version(2), between.revision()).current()).contains(version(2));
    }

    /** Asked before each of the two writes; refused before the one that consumers see. */
    @Test
    void promote_whoseProofGoesStaleAfterTheBooks_servesTheFormerUntilRepeated() {
        AtomicInteger asked = new AtomicInteger();

        assertFails(Kind.STALE_PROOF, () -> store.promote(SEARCH, version(2), staged.revision(), () -> {
            if (asked.incrementAndGet() == 2) {
                throw SecretStoreContract.staleProof();
            }
        }));

        StoreView between = store.view(SEARCH);
        assertThat(between.current()).contains(version(1));
        assertThat(store.served(SEARCH)).contains(material(1));
        assertThat(store.promote(SEARCH, version(2), between.revision()).current()).contains(version(2));
    }

    /** Somebody writes another field so often, each time just before our write of the key arrives. */
    private void othersWrite(int times) {
        AtomicInteger left = new AtomicInteger(times);
        server.order(Fault.FAILED, request -> {
            if (SECRET.test(request) && left.getAndDecrement() > 0) {
                server.secrets().write("app", JsonMapper.shared().readTree(
                        "{\"data\":{\"api_key\":\"" + Samples.value(1) + "\",\"url\":\"x\"}}"));
            }
            return false;
        });
    }

    @Test
    void promote_otherFieldWrittenInBetween_keepsIt() {
        othersWrite(1);

        StoreView promoted = store.promote(SEARCH, version(2), staged.revision());

        assertThat(store.view(SEARCH)).isEqualTo(promoted);
        assertThat(server.secrets().read("app", 0).body().path("data").path("data").path("url").asString())
                .isEqualTo("x");
    }

    @Test
    void promote_secretThatChangesAllTheTime_givesUpAndServesTheFormer() {
        othersWrite(100);

        assertFails(Kind.CONFLICT, () -> store.promote(SEARCH, version(2), staged.revision()));
        assertThat(store.view(SEARCH).current()).contains(version(1));
    }

    @Test
    void view_sealedServer_isUnavailableAndWorksWhenUnsealed() {
        server.seal(true);
        assertFails(Kind.UNAVAILABLE, () -> store.view(SEARCH));
        assertFails(Kind.UNAVAILABLE, () -> store.promote(SEARCH, version(2), staged.revision()));

        server.seal(false);

        assertThat(store.view(SEARCH)).isEqualTo(staged);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "PAGE", "REDIRECTED", "FAILED"})
    void view_answerThatIsNone_isUnavailableNeverEmpty(Fault fault) {
        server.order(fault, "GET secret/data/app-keywane"::equals);

        assertFails(Kind.UNAVAILABLE, () -> store.view(SEARCH));
    }

    @Test
    void view_standbyBehindOurWrite_isNotTaken() {
        server.lag(1);
        assertFails(Kind.UNAVAILABLE, () -> store.view(SEARCH));

        server.lag(0);

        assertThat(store.view(SEARCH)).isEqualTo(staged);
    }
}
