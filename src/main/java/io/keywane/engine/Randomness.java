package io.keywane.engine;

/** Port: the only source of chance; a seed replays it in tests. */
public interface Randomness {
    /** From 0 to below 1. */
    double fraction();

    /** Bytes that nobody can foresee, for identities and nonces. */
    byte[] bytes(int count);
}
