package io.keywane.store;

import io.keywane.FaultProxy;
import io.keywane.engine.AwsSettings;
import io.keywane.engine.AwsSettings.Credentials;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreName;
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

/** The AWS store, with the client and the repeats of the product, behind a faulty network. */
abstract class AwsUnderFaults extends StoreUnderFaults {
    private static final StoreName NAME = new StoreName("aws");

    @TempDir
    private Path folder;

    private FaultProxy proxy;
    private AwsSecretStore disturbed;
    private AwsSecretStore direct;

    abstract URI endpoint();

    abstract String secret();

    @BeforeEach
    void open() throws IOException {
        proxy = new FaultProxy(endpoint(), seed());
        disturbed = opened(proxy.address());
        direct = opened(endpoint());
    }

    private AwsSecretStore opened(URI address) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"),
                "[default]\naws_access_key_id = test\naws_secret_access_key = test\n");
        AwsSettings settings = new AwsSettings("eu-central-1", Optional.of(address),
                new Credentials.Profile("default", Optional.of(file)), Duration.ofSeconds(5), Duration.ZERO);
        return AwsSecretStore.open(NAME, settings,
                () -> Map.of(SEARCH, settings.place(NAME, secret(), Optional.empty(), Optional.empty())),
                Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()));
    }

    @AfterEach
    void close() {
        disturbed.close();
        direct.close();
        proxy.close();
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
    FaultProxy proxy() {
        return proxy;
    }
}
