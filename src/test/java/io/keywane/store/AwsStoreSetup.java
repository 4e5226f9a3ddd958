package io.keywane.store;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.AwsSettings.Credentials;
import io.keywane.engine.StoreName;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store over some server that speaks AWS' protocol. */
final class AwsStoreSetup {
    private static final StoreName NAME = new StoreName("aws");

    private AwsStoreSetup() {}

    static SecretsManagerClient client(URI endpoint) {
        return client(endpoint, 1);
    }

    /** A client that tries each call so often. */
    static SecretsManagerClient client(URI endpoint, int tries) {
        return SecretsManagerClient.builder().endpointOverride(endpoint).region(region())
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(tries))).build();
    }

    private static Region region() {
        return Optional.ofNullable(System.getenv("AWS_REGION")).map(Region::of).orElse(Region.EU_CENTRAL_1);
    }

    /** Those of the environment, where there are any: a real server asks for them. */
    private static AwsCredentialsProvider credentials() {
        return System.getenv("AWS_ACCESS_KEY_ID") == null
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"))
                : DefaultCredentialsProvider.builder().build();
    }

    /** A store that looks each time. */
    static AwsSecretStore store(SecretsManagerClient client, String prefix, Optional<String> field) {
        return store(client, prefix, field, Duration.ZERO);
    }

    static AwsSecretStore store(SecretsManagerClient client, String prefix, Optional<String> field, Duration refresh) {
        AwsSettings settings = new AwsSettings(region().id(), Optional.empty(), new Credentials.Chain(),
                Duration.ofSeconds(5), refresh);
        Map<KeyName, StoreReference> places = Stream.of(Samples.SEARCH, Samples.FEED).collect(
                Collectors.toMap(key -> key, key -> settings.place(NAME, prefix + key, field, Optional.empty())));
        return new AwsSecretStore(NAME, settings, client, () -> places, Map::of,
                () -> new Moment("boot-1", Duration.ofNanos(System.nanoTime()), Instant.now()));
    }
}
