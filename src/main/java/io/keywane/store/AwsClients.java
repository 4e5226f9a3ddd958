package io.keywane.store;

import io.keywane.engine.AwsSettings;
import io.keywane.engine.AwsSettings.Credentials;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes clients of AWS. Each call is tried three times at most, with AWS' own pauses between; what we send bears being
 * repeated: a value by its token, a label by the version that it must sit on.
 */
final class AwsClients {
    private static final int TRIES = 3;
    private static final String SESSION = "keywane";

    private AwsClients() {}

    static SecretsManagerClient secretsManager(AwsSettings settings) {
        var builder = SecretsManagerClient.builder().region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings)).httpClientBuilder(http(settings))
                .overrideConfiguration(calls(settings));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static UrlConnectionHttpClient.Builder http(AwsSettings settings) {
        return UrlConnectionHttpClient.builder().connectionTimeout(settings.timeout())
                .socketTimeout(settings.timeout());
    }

    private static ClientOverrideConfiguration calls(AwsSettings settings) {
        return ClientOverrideConfiguration.builder().apiCallAttemptTimeout(settings.timeout().multipliedBy(2))
                .apiCallTimeout(settings.timeout().multipliedBy(2L * TRIES))
                .retryStrategy(strategy -> strategy.maxAttempts(TRIES)).build();
    }

    private static AwsCredentialsProvider credentials(AwsSettings settings) {
        return switch (settings.credentials()) {
            case Credentials.Chain _ -> DefaultCredentialsProvider.builder().build();
            case Credentials.Profile profile -> profile(profile);
            case Credentials.WebIdentity identity -> webIdentity(settings, identity);
        };
    }

    private static AwsCredentialsProvider profile(Credentials.Profile profile) {
        ProfileCredentialsProvider.Builder builder = ProfileCredentialsProvider.builder().profileName(profile.name());
        profile.file().ifPresent(file -> builder.profileFile(() -> ProfileFile.builder().content(file)
                .type(ProfileFile.Type.CREDENTIALS).build()));
        return builder.build();
    }

    private static AwsCredentialsProvider webIdentity(AwsSettings settings, Credentials.WebIdentity identity) {
        StsClientBuilder sts = StsClient.builder().region(Region.of(settings.region()))
                .credentialsProvider(AnonymousCredentialsProvider.create()).httpClientBuilder(http(settings))
                .overrideConfiguration(calls(settings));
        identity.endpoint().ifPresent(sts::endpointOverride);
        return StsAssumeRoleWithWebIdentityCredentialsProvider.builder().stsClient(sts.build())
                .refreshRequest(() -> AssumeRoleWithWebIdentityRequest.builder().roleArn(identity.role())
                        .roleSessionName(SESSION).webIdentityToken(token(identity.token())).build())
                .build();
    }

    /** Read at each exchange: whoever wrote it replaces it before it ends. */
    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw DiskFaults.reading(file, e);
        }
    }
}
