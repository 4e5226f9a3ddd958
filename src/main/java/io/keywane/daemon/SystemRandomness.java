package io.keywane.daemon;

import io.keywane.engine.Randomness;

import java.security.SecureRandom;

/** Chance from the operating system's generator. */
public final class SystemRandomness implements Randomness {
    private final SecureRandom random = new SecureRandom();

    @Override
    public double fraction() {
        return random.nextDouble();
    }

    @Override
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
