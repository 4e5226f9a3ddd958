package io.keywane.usage;

/**
 * How the even clock of this boot of the host stands to that of the boot before, known through the server's clock: what was
 * {@code t} then is from {@code t + lo} to {@code t + hi} now, in milliseconds.
 */
record Shift(long lo, long hi) {
    Shift {
        if (hi < lo) {
            throw new IllegalArgumentException("invalid shift [" + lo + ", " + hi + "]: need lo <= hi");
        }
    }
}
