package io.keywane.store;

import io.keywane.engine.SecretPlace;
import io.keywane.key.KeyName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A store over some server that speaks AWS' protocol. */
final class AwsStoreSetup {
    private AwsStoreSetup() {}

    static SecretsManagerClient client(URI endpoint) {
        return SecretsManagerClient.builder().endpointOverride(endpoint).region(region())
                .credentialsProvider(credentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1))).build();
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

    static AwsSecretStore store(SecretsManagerClient client, Function<KeyName, SecretPlace> places) {
        return new AwsSecretStore(client, places, pause -> LockSupport.parkNanos(pause.toNanos()));
    }

    static SecretPlace place(String prefix, KeyName key, Optional<String> field) {
        return new SecretPlace(prefix + key, field);
    }
}
