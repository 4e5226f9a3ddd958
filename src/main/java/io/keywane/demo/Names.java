package io.keywane.demo;

/** What things are called in the demonstration. */
final class Names {
    static final String ORGANISATION = "demo";
    static final String KEY = "demo-search";
    static final String CONSUMER_PREFIX = "demo-consumer-";

    static final String KEYS_FOLDER = "keys";
    static final String KEY_ENCRYPTION_KEY = "key-encryption-key";
    static final String DATABASE = "state/keywane.db";
    static final String PUBLISH_FOLDER = "published";
    static final String SOCKET = "run/control.sock";

    private Names() {}
}
