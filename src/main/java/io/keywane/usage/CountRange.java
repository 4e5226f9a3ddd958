package io.keywane.usage;

/**
 * A number of requests known to lie between two bounds, both included.
 *
 * @param lo the least it can be, at least 0
 * @param hi the most it can be, at least {@code lo}
 */
public record CountRange(long lo, long hi) {
    public static final CountRange ZERO = new CountRange(0, 0);
    public static final CountRange ONE = new CountRange(1, 1);
    public static final CountRange ZERO_OR_ONE = new CountRange(0, 1);

    public CountRange {
        if (lo < 0 || hi < lo) {
            throw new IllegalArgumentException("invalid range [" + lo + ", " + hi + "]: need 0 <= lo <= hi");
        }
    }

    public CountRange plus(CountRange other) {
        return new CountRange(lo + other.lo, hi + other.hi);
    }

    /** Whether the number is certainly zero. */
    public boolean isZero() {
        return hi == 0;
    }

    /** Whether the number is certainly above zero. */
    public boolean isPositive() {
        return lo > 0;
    }

    @Override
    public String toString() {
        return lo == hi ? Long.toString(lo) : lo + "-" + hi;
    }
}
