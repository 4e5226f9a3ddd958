package io.keywane.engine;

/** How a secret store outside of this host is reached. The embedded file store is part of the storage settings. */
public sealed interface StoreSettings permits VaultSettings {}
