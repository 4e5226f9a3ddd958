package io.keywane.store;

import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreName;
import io.keywane.engine.VaultSettings;
import io.keywane.engine.VaultSettings.Login;
import io.keywane.key.Moment;
import io.keywane.store.VaultStandIn.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static io.keywane.store.SecretStoreContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How the Vault store comes by a token that is accepted, and keeps it; and who it takes the server for. */
class VaultLoginTest {
    private static final StoreName NAME = new StoreName("vault");
    private static final String POLICY = "path \"secret/*\" { capabilities = [\"create\", \"read\", \"update\"] }";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String RENEWAL = ".* auth/token/renew-self";
    private static final String LOGIN = ".* auth/approle/login";

    @TempDir
    private Path folder;

    private final VaultStandIn server = new VaultStandIn();
    private Duration skipped = Duration.ZERO;

    @AfterEach
    void stop() {
        server.close();
    }

    private VaultSecretStore open(Login login, Optional<String> namespace) {
        VaultSettings settings = new VaultSettings(server.address(), namespace, "secret", Optional.empty(),
                Duration.ofSeconds(5), Duration.ZERO, login);
        return VaultSecretStore.open(NAME, settings,
                () -> Map.of(SEARCH, settings.place(NAME, "app", Optional.of("api_key"), Optional.empty())),
                Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()).plus(skipped));
    }

    private VaultSecretStore withToken(boolean renewable) throws IOException {
        return open(tokenFile(server.token(POLICY, HOUR, renewable)), Optional.empty());
    }

    private Login tokenFile(String token) throws IOException {
        return new Login.TokenFile(Files.writeString(folder.resolve("token"), token + "\n"));
    }

    private VaultSecretStore withRole() throws IOException {
        server.role("role-1", "secret-1", POLICY, HOUR);
        return open(new Login.AppRole("approle", Files.writeString(folder.resolve("role"), "role-1"),
                Files.writeString(folder.resolve("secret"), "secret-1")), Optional.empty());
    }

    /** Time passes here and at the server. */
    private void pass(Duration span) {
        skipped = skipped.plus(span);
        server.pass(span);
    }

    private long requests(String pattern) {
        return server.requests().stream().filter(request -> request.matches(pattern)).count();
    }

    @Test
    void token_renewable_isRenewedWhenTwoThirdsOfItsLifeAreOver() throws IOException {
        SecretStore store = withToken(true);
        store.view(SEARCH);
        pass(Duration.ofMinutes(39));
        store.view(SEARCH);
        assertThat(requests(RENEWAL)).isZero();

        pass(Duration.ofMinutes(2));
        store.view(SEARCH);
        store.view(SEARCH);
        assertThat(requests(RENEWAL)).isEqualTo(1);

        pass(Duration.ofMinutes(41));
        store.view(SEARCH);
        pass(Duration.ofMinutes(41));
        assertThat(store.view(SEARCH).revision()).as("two hours after it was given for one").isZero();
        assertThat(requests(RENEWAL)).isEqualTo(3);
    }

    @Test
    void token_whoseRenewalFails_isUsedOnAndTriedAgainLater() throws IOException {
        SecretStore store = withToken(true);
        store.view(SEARCH);
        pass(Duration.ofMinutes(41));
        server.order(Fault.FAILED, request -> request.matches(RENEWAL));

        assertThat(store.view(SEARCH).revision()).isZero();
        store.view(SEARCH);
        assertThat(requests(RENEWAL)).as("not again at once").isEqualTo(1);

        pass(Duration.ofSeconds(11));
        store.view(SEARCH);
        assertThat(requests(RENEWAL)).isEqualTo(2);
    }

    @Test
    void token_notRenewable_endsAndIsReplacedByItsFile() throws IOException {
        SecretStore store = withToken(false);
        store.view(SEARCH);
        pass(Duration.ofMinutes(61));
        assertFails(Kind.DENIED, () -> store.view(SEARCH));
        assertThat(requests(RENEWAL)).isZero();

        tokenFile(server.token(POLICY, HOUR, false));

        assertThat(store.view(SEARCH).revision()).isZero();
    }

    @Test
    void appRole_tokenEndedUnseen_logsInAgainForTheRequestThatFindsOut() throws IOException {
        SecretStore store = withRole();
        long revision = store.stage(SEARCH, version(1), material(1), 0).revision();
        assertThat(requests(LOGIN)).isEqualTo(1);
        server.pass(Duration.ofMinutes(61));

        assertThat(store.promote(SEARCH, version(1), revision).current()).contains(version(1));

        assertThat(requests(LOGIN)).isEqualTo(2);
        assertThat(server.served("app", "api_key")).isEqualTo(Samples.value(1));
    }

    @Test
    void appRole_renewalRefused_logsInAgain() throws IOException {
        SecretStore store = withRole();
        store.view(SEARCH);
        skipped = Duration.ofMinutes(41);
        server.order(Fault.FAILED, request -> request.matches(RENEWAL));

        store.view(SEARCH);

        assertThat(requests(LOGIN)).isEqualTo(2);
    }

    @Test
    void appRole_secretIdNoLongerAccepted_isDeniedUntilItsFileHoldsAnother() throws IOException {
        SecretStore store = withRole();
        store.view(SEARCH);
        server.role("role-1", "secret-2", POLICY, HOUR);
        server.pass(Duration.ofMinutes(61));
        assertThatThrownBy(() -> store.view(SEARCH)).isInstanceOf(StoreException.class)
                .hasMessageContaining("role id or secret id is not accepted").hasMessageNotContaining("secret-");

        Files.writeString(folder.resolve("secret"), "secret-2");

        assertThat(store.view(SEARCH).revision()).isZero();
    }

    @Test
    void namespace_configured_isNamedInEveryRequestLoginIncluded() throws IOException {
        server.role("role-1", "secret-1", POLICY, HOUR);
        server.namespace("search");
        Login login = new Login.AppRole("approle", Files.writeString(folder.resolve("role"), "role-1"),
                Files.writeString(folder.resolve("secret"), "secret-1"));
        SecretStore store = open(login, Optional.of("search"));

        long revision = store.stage(SEARCH, version(1), material(1), 0).revision();
        assertThat(store.promote(SEARCH, version(1), revision).current()).contains(version(1));

        SecretStore elsewhere = open(login, Optional.empty());
        assertThatThrownBy(() -> elsewhere.view(SEARCH)).isInstanceOf(StoreException.class);
    }

    @Test
    void inspect_standby_isNoProblemAndSealedIsOne() throws IOException {
        server.standby(true);
        VaultSecretStore store = withToken(true);
        assertThat(store.inspect()).noneMatch(found -> found.message().contains("HTTP 429"));

        server.seal(true);

        assertThat(store.inspect()).anySatisfy(found -> {
            assertThat(found.severity()).isEqualTo(StoreFinding.Severity.PROBLEM);
            assertThat(found.message()).contains("sealed");
        });
    }
}
