package io.keywane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** The daemon with a key in AWS Secrets Manager carries a rotation through: on moto, or on the server that is named. */
@Execution(ExecutionMode.CONCURRENT)
class AwsRotationIT {
    private static final Optional<String> ENDPOINT = Optional.ofNullable(System.getenv("KEYWANE_TEST_AWS_ENDPOINT"));
    private static final String REGION = Optional.ofNullable(System.getenv("AWS_REGION")).orElse("eu-central-1");

    private static final AwsCredentialsProvider TEST = StaticCredentialsProvider
            .create(AwsBasicCredentials.create("test", "test"));
    private static final long SEED = Long.getLong("keywane.faults.seed", 20_261_124L);

    @TempDir
    private Path folder;

    @Test
    void rotation_ofAKeyInAws_goesToItsEndAndKeepsTheOtherFields() throws Exception {
        if (ENDPOINT.isPresent()) {
            URI endpoint = URI.create(ENDPOINT.get());
            rotate(endpoint, endpoint, DefaultCredentialsProvider.builder().build(), "");
            return;
        }
        try (Moto moto = new Moto()) {
            rotate(moto.endpoint(), moto.endpoint(), TEST, profile());
        }
    }

    @Test
    void rotation_behindAFaultyNetwork_goesToItsEndAndNoConsumerIsRefused() throws Exception {
        try (Moto moto = new Moto(); FaultProxy network = new FaultProxy(moto.endpoint(), SEED)) {
            network.disturb(0.1);
            rotate(moto.endpoint(), network.address(), TEST, profile());
            System.out.println("AwsRotationIT seed " + SEED + ": " + network.counts());
            assertThat(network.counts()).containsKeys(FaultProxy.Fault.values());
        }
    }

    private String profile() throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"),
                "[default]\naws_access_key_id = test\naws_secret_access_key = test\n");
        return ", credentials: {profile: {file: " + file + "}}";
    }

    private void rotate(URI endpoint, URI daemons, AwsCredentialsProvider credentials, String configured)
            throws Exception {
        String secret = "keywane-test/" + UUID.randomUUID();
        try (Rig rig = new Rig(folder);
                SecretsManagerClient client = SecretsManagerClient.builder().endpointOverride(endpoint)
                        .region(Region.of(REGION)).credentialsProvider(credentials).build()) {
            client.createSecret(request -> request.name(secret).secretString("{\"url\": \"https://x\", \"n\":1.50}"));
            try {
                StoreRotation.configure(rig, "{name: aws, path: \"" + secret + "\", field: api_key}",
                        "{aws: {type: aws, region: " + REGION + ", refresh: 1s, endpoint: \"" + daemons + "\""
                                + configured + "}}");

                StoreRotation.carryThrough(rig, () -> key(client, secret));

                assertThat(text(client, secret)).startsWith("{\"url\": \"https://x\", \"n\":1.50,\"api_key\":\"");
            } finally {
                client.deleteSecret(request -> request.secretId(secret).forceDeleteWithoutRecovery(true));
            }
        }
    }

    /** Named, since moto takes another version for the current one where no label is named; to AWS both are the same. */
    private static String text(SecretsManagerClient client, String secret) {
        return client.getSecretValue(request -> request.secretId(secret).versionStage("AWSCURRENT")).secretString();
    }

    private static String key(SecretsManagerClient client, String secret) throws IOException {
        try {
            return JsonMapper.shared().readTree(text(client, secret)).path("api_key").asString("");
        } catch (SecretsManagerException e) {
            throw new IOException(e);
        }
    }
}
