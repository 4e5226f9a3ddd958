package io.keywane.store;

import io.keywane.FaultProxy;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreName;
import io.keywane.engine.VaultSettings;
import io.keywane.key.Moment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

/** The Vault store behind a faulty network. */
class VaultUnderFaultsTest extends StoreUnderFaults {
    private static final StoreName NAME = new StoreName("vault");

    @TempDir
    private Path folder;

    private final VaultStandIn server = new VaultStandIn();
    private final FaultProxy proxy = new FaultProxy(server.address(), seed());
    private VaultSecretStore disturbed;
    private VaultSecretStore direct;

    @BeforeEach
    void open() throws IOException {
        disturbed = opened(proxy.address());
        direct = opened(server.address());
    }

    private VaultSecretStore opened(URI address) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), VaultStandIn.ROOT);
        VaultSettings settings = new VaultSettings(address, Optional.empty(), "secret", Optional.empty(),
                Duration.ofSeconds(5), Duration.ZERO, new VaultSettings.Login.TokenFile(token));
        return VaultSecretStore.open(NAME, settings,
                () -> Map.of(SEARCH, settings.place(NAME, "app", Optional.of("api_key"), Optional.empty())),
                Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()));
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    @Override
    SecretStore disturbed() {
        return disturbed;
    }

    @Override
    SecretStore direct() {
        return direct;
    }

    @Override
    Optional<String> served() {
        return Optional.of(server.served("app", "api_key")).filter(text -> !text.isEmpty());
    }

    @Override
    FaultProxy proxy() {
        return proxy;
    }
}
