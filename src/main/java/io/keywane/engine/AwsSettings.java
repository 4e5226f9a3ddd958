package io.keywane.engine;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * AWS Secrets Manager in one region.
 *
 * @param region such as {@code eu-central-1}
 * @param endpoint https, or http to this host itself; empty: AWS' own for the region
 * @param timeout how long a connection, and then an answer, is waited for at each try
 * @param refresh how old what was read may be where nothing is changed; also how late a foreign change is seen
 */
public record AwsSettings(
        String region, Optional<URI> endpoint, Credentials credentials, Duration timeout, Duration refresh)
        implements
            StoreSettings {
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+){1,3}-[0-9]{1,2}");
    /** A name of a secret, or an ARN. */
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}|arn:[a-z-]+:secretsmanager:"
            + "[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}");
    private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9/_+=,.@-]{1,512}");
    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_.@+-]{1,64}");

    public AwsSettings {
        requireNonNull(region, "region is null");
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region \"" + region + "\" must be one of AWS, as in eu-central-1");
        }
        requireNonNull(endpoint, "endpoint is null");
        endpoint.ifPresent(url -> BaseUrl.check("endpoint", url));
        requireNonNull(credentials, "credentials is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(refresh, "refresh is null");
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("timeout must be from 1s to 60s");
        }
        if (refresh.isNegative() || refresh.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("refresh must be at most 5m");
        }
    }

    /** How credentials are come by; they never stand in the configuration. */
    public sealed interface Credentials {
        /** AWS' own order: environment, web identity, profile, container, instance. */
        record Chain() implements Credentials {}

        /**
         * A profile of a shared file.
         *
         * @param file empty: the file of the user that the daemon runs as
         */
        record Profile(String name, Optional<Path> file) implements Credentials {
            public Profile {
                requireNonNull(name, "name is null");
                if (!PROFILE.matcher(name).matches()) {
                    throw new IllegalArgumentException("name \"" + name + "\" is no name of a profile");
                }
                requireNonNull(file, "file is null");
            }
        }

        /**
         * A role that is taken on with a token of somebody else, such as Kubernetes.
         *
         * @param token file that is read at each exchange
         * @param endpoint of the token service; empty: AWS' own for the region
         */
        record WebIdentity(String role, Path token, Optional<URI> endpoint) implements Credentials {
            public WebIdentity {
                requireNonNull(role, "role is null");
                if (!ROLE.matcher(role).matches()) {
                    throw new IllegalArgumentException(
                            "role \"" + role + "\" must be an ARN, as in arn:aws:iam::123456789012:role/keywane");
                }
                requireNonNull(token, "token is null");
                requireNonNull(endpoint, "endpoint is null");
                endpoint.ifPresent(url -> BaseUrl.check("endpoint", url));
            }
        }
    }

    /** Versions in custody lie in the consumers' secret itself, told by labels, so there is no other place to name. */
    @Override
    public StoreReference place(StoreName store, String path, Optional<String> field, Optional<String> custody) {
        if (!SECRET.matcher(path).matches()) {
            throw new IllegalArgumentException("path \"" + path + "\" must be the name or the ARN of a secret");
        }
        if (custody.isPresent()) {
            throw new IllegalArgumentException(
                    "custody is for Vault: in AWS it lies in the same secret, told by labels");
        }
        return new StoreReference(store, path, field, path);
    }
}
