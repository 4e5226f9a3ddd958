package io.keywane.engine;

import java.util.Optional;

/** How a secret store outside of this host is reached. The embedded file store is part of the storage settings. */
public sealed interface StoreSettings permits VaultSettings, AwsSettings {
    /**
     * The place of a key in a store of this kind, with what was left out filled in.
     *
     * @param field empty where the secret is the key alone, if this kind has such secrets
     * @param custody empty for this kind's own choice
     * @throws IllegalArgumentException naming the field that does not fit this kind
     */
    StoreReference place(StoreName store, String path, Optional<String> field, Optional<String> custody);
}
