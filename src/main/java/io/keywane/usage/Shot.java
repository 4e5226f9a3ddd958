package io.keywane.usage;

/**
 * When a sample was counted, in milliseconds on the even clock, and which of our own requests it is.
 *
 * @param min not later than its counting
 * @param max not earlier than its counting
 * @param self the place of its own entry; -1 if it has none
 */
record Shot(long min, long max, int self) {
    Shot {
        if (max < min) {
            throw new IllegalArgumentException("invalid shot [" + min + ", " + max + "]: need min <= max");
        }
    }
}
