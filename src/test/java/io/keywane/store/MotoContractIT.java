package io.keywane.store;

import io.keywane.Moto;
import io.keywane.engine.AwsSettings;
import io.keywane.engine.AwsSettings.Credentials;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreName;
import io.keywane.key.Moment;
import io.keywane.rotation.StoreView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The contract against moto, which others write to stand in for AWS. */
class MotoContractIT extends AwsServerContract {
    private static Moto moto;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startMoto() throws IOException {
        moto = new Moto();
    }

    @AfterAll
    static void stopMoto() {
        if (moto != null) {
            moto.close();
        }
    }

    @Override
    URI endpoint() {
        return moto.endpoint();
    }

    private AwsSecretStore opened(Credentials credentials) {
        AwsSettings settings = new AwsSettings("eu-central-1", Optional.of(endpoint()), credentials,
                Duration.ofSeconds(5), Duration.ZERO);
        StoreName name = new StoreName("aws");
        return AwsSecretStore.open(name, settings,
                () -> Map.of(SEARCH, settings.place(name, prefix + SEARCH, Optional.of("api_key"), Optional.empty())),
                Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()));
    }

    @Test
    void open_withAWebIdentity_exchangesTheTokenThatTheFileHoldsThen() throws IOException {
        Path token = folder.resolve("token");
        try (AwsSecretStore store = opened(new Credentials.WebIdentity("arn:aws:iam::123456789012:role/keywane", token,
                Optional.of(endpoint())))) {
            StoreException missing = catchThrowableOfType(StoreException.class, () -> store.view(SEARCH));
            assertThat(missing).as("no token file yet").isNotNull();
            assertThat(missing.kind()).isEqualTo(StoreFailure.Kind.UNAVAILABLE);
            assertThat(missing).hasMessageContaining(token.toString());

            Files.writeString(token, "a-token-of-kubernetes\n");

            assertThat(store.view(SEARCH).revision()).isZero();
        }
    }

    @Test
    void open_withAProfile_readsItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"),
                "[keywane]\naws_access_key_id = test\naws_secret_access_key = test\n");
        try (AwsSecretStore store = opened(new Credentials.Profile("keywane", Optional.of(file)))) {
            StoreView staged = store.stage(SEARCH, version(1), material(1), 0);

            assertThat(store.view(SEARCH)).isEqualTo(staged);
        }
        try (AwsSecretStore store = opened(new Credentials.Profile("other", Optional.of(file)))) {
            StoreException failure = catchThrowableOfType(StoreException.class, () -> store.view(SEARCH));

            assertThat(failure).isNotNull().hasMessageContaining("credentials");
        }
    }
}
