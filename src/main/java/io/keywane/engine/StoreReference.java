package io.keywane.engine;

import java.util.Optional;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * Where a managed key is kept outside of this host: which store, and where in it.
 *
 * @param store one of the configured stores
 * @param path the secret that consumers read, as the store names it
 * @param field the field of that secret that holds the key, all others being the consumers' own; empty where the secret is
 *     the key alone
 * @param custody the secret in which keywane keeps candidates and keys that are not yet revoked; the same as the consumers'
 *     in a store that keeps versions side by side
 */
public record StoreReference(StoreName store, String path, Optional<String> field, String custody) {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    public StoreReference {
        requireNonNull(store, "store is null");
        requireNonNull(path, "path is null");
        requireNonNull(field, "field is null");
        requireNonNull(custody, "custody is null");
        field.filter(name -> !FIELD.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("field \"" + name + "\" must be of letters, digits, '_', '.' and '-'");
        });
        if (path.isBlank()) {
            throw new IllegalArgumentException("path must not be empty");
        }
    }

    /** Whether versions in custody lie in the consumers' secret. */
    public boolean keepsCustodyInPlace() {
        return path.equals(custody);
    }
}
