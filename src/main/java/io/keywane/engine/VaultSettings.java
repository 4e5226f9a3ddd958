package io.keywane.engine;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * A KV version 2 mount of HashiCorp Vault or OpenBao.
 *
 * @param address https, or http to this host itself
 * @param namespace of the mount and of the login; for servers that have namespaces
 * @param mount where the KV engine is mounted
 * @param caFile certificates (PEM) by which the server's is judged, instead of the system's
 * @param timeout how long a connection, and then an answer, is waited for; whole seconds
 * @param refresh how old what was read may be where nothing is changed; also how late a foreign change is seen
 */
public record VaultSettings(
        URI address,
        Optional<String> namespace,
        String mount,
        Optional<Path> caFile,
        Duration timeout,
        Duration refresh,
        Login login) implements StoreSettings {
    private static final Pattern MOUNT = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

    public VaultSettings {
        requireNonNull(address, "address is null");
        BaseUrl.check("address", address);
        requireNonNull(namespace, "namespace is null");
        namespace.ifPresent(name -> checkMount("namespace", name));
        checkMount("mount", mount);
        requireNonNull(caFile, "caFile is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(refresh, "refresh is null");
        requireNonNull(login, "login is null");
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("timeout must be from 1s to 60s");
        }
        if (refresh.isNegative() || refresh.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("refresh must be at most 60s");
        }
    }

    /** How a token is come by. */
    public sealed interface Login {
        /** A token that somebody else provides and may replace at any time, such as Vault Agent. */
        record TokenFile(Path file) implements Login {
            public TokenFile {
                requireNonNull(file, "file is null");
            }
        }

        /**
         * A role of the AppRole method. The files are read at each login.
         *
         * @param mount where the method is mounted
         */
        record AppRole(String mount, Path roleId, Path secretId) implements Login {
            public AppRole {
                checkMount("mount", mount);
                requireNonNull(roleId, "roleId is null");
                requireNonNull(secretId, "secretId is null");
            }
        }
    }

    /** With the custody beside the consumers' secret, unless another place is named. */
    @Override
    public StoreReference place(StoreName store, String path, Optional<String> field, Optional<String> custody) {
        checkPath("path", path);
        String kept = custody.orElse(path + "-keywane");
        checkPath("custody", kept);
        if (path.equals(kept)) {
            throw new IllegalArgumentException("custody must not be the secret that consumers read");
        }
        if (field.isEmpty()) {
            throw new IllegalArgumentException(
                    "field is missing: a secret in Vault has fields, and one of them is the key");
        }
        return new StoreReference(store, path, field, kept);
    }

    private static void checkPath(String name, String path) {
        boolean climbs = ("/" + path + "/").contains("/./") || ("/" + path + "/").contains("/../");
        if (!PATH.matcher(path).matches() || climbs) {
            throw new IllegalArgumentException(name + " \"" + path
                    + "\" must be names of letters, digits, '_', '.' and '-' with '/' between them");
        }
    }

    private static void checkMount(String name, String value) {
        requireNonNull(value, name + " is null");
        if (!MOUNT.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " \"" + value
                    + "\" must be names of letters, digits, '_' and '-' with '/' between them");
        }
    }
}
