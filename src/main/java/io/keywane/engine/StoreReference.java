package io.keywane.engine;

import java.util.Optional;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Where a managed key is kept outside of this host: which store, and where in it.
 *
 * @param store one of the configured stores
 * @param path the secret that consumers read, without the mount
 * @param field the field of that secret that holds the key; all other fields are the consumers' own
 * @param custody where keywane keeps candidates and keys that are not yet revoked; a secret of its own
 */
public record StoreReference(StoreName store, String path, String field, String custody) {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    public StoreReference {
        requireNonNull(store, "store is null");
        checkPath("path", path);
        checkPath("custody", custody);
        requireNonNull(field, "field is null");
        if (!FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException("field \"" + field + "\" must be of letters, digits, '_', '.' and '-'");
        }
        if (path.equals(custody)) {
            throw new IllegalArgumentException("custody must not be the secret that consumers read");
        }
    }

    /** With the custody beside the consumers' secret, unless another place is named. */
    public static StoreReference of(StoreName store, String path, String field, Optional<String> custody) {
        return new StoreReference(store, path, field, custody.orElse(path + "-keywane"));
    }

    private static void checkPath(String name, String path) {
        requireNonNull(path, name + " is null");
        boolean climbs = ("/" + path + "/").contains("/./") || ("/" + path + "/").contains("/../");
        if (!PATH.matcher(path).matches() || climbs) {
            throw new IllegalArgumentException(name + " \"" + path
                    + "\" must be names of letters, digits, '_', '.' and '-' with '/' between them");
        }
    }
}
