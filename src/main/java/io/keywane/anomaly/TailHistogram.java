package io.keywane.anomaly;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How rare a value is among those seen before: a histogram whose past fades, with tails continued beyond what was seen.
 *
 * <p>Its range doubles whenever a value falls outside, by merging neighbouring bins; so it needs no unit and no bounds in
 * advance. Instead of fading all bins at each value, each new value weighs a little more than the one before.
 */
final class TailHistogram {
    private static final int BINS = 48;
    private static final int FIRST = 20;
    /** Never less surprising than this share of the mass: the body of the distribution is of no interest. */
    private static final double BODY = 0.05;
    /** What one value beyond all others counts for, so that a short history proves little. */
    private static final double UNSEEN = 0.25;
    /** Where the tail begins whose mean excess tells how fast it falls off. */
    private static final double TAIL = 0.02;
    /** The most that distance beyond everything seen may add, in powers of ten. */
    private static final double FARTHEST = 3;
    /** Powers of ten for each mean excess: less than an exponential tail would have, since tails are heavier. */
    private static final double STEEPNESS = 0.7;
    private static final double RENORMALISE = 1e12;

    private final double growth;
    private final float[] mass = new float[BINS];
    private double low;
    private double width;
    private double total;
    private double weight = 1;
    private int count;

    /** @param halfLife number of values after which one counts half */
    TailHistogram(double halfLife) {
        this.growth = Math.pow(2, 1 / halfLife);
    }

    int count() {
        return count;
    }

    void add(double value) {
        if (count < FIRST) {
            // Until the range is known the bins hold the values themselves.
            mass[count++] = (float) value;
            if (count == FIRST) {
                begin();
            }
            return;
        }
        count++;
        weight *= growth;
        put(value);
        if (weight > RENORMALISE) {
            renormalise();
        }
    }

    private void begin() {
        float[] first = Arrays.copyOf(mass, FIRST);
        Arrays.fill(mass, 0);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float value : first) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        double span = Math.max(most - least, 1e-6 * Math.max(1e-9, Math.max(Math.abs(least), Math.abs(most))));
        width = span * 2 / BINS;
        low = least - span / 2;
        for (float value : first) {
            put(value);
        }
    }

    private void put(double value) {
        while (value < low) {
            merge(BINS / 2);
            low -= width * BINS;
            width *= 2;
        }
        while (value >= low + width * BINS) {
            merge(0);
            width *= 2;
        }
        mass[bin(value)] += (float) weight;
        total += weight;
    }

    private void merge(int offset) {
        float[] merged = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            merged[offset + i / 2] += mass[i];
        }
        System.arraycopy(merged, 0, mass, 0, BINS);
    }

    private int bin(double value) {
        return Math.clamp((long) ((value - low) / width), 0, BINS - 1);
    }

    private void renormalise() {
        for (int i = 0; i < BINS; i++) {
            mass[i] /= (float) weight;
        }
        total /= weight;
        weight = 1;
    }

    /** How rare it is to be so far out on its side, as a power of ten: 3 is one in a thousand. */
    double surprise(double value) {
        if (count < FIRST) {
            return 0;
        }
        double below = massBelow(value);
        boolean high = total - below <= below;
        double share = Math.max(0, high ? total - below : below) / total;
        if (share > BODY) {
            return 0;
        }
        double surprise = -Math.log10(Math.max(share, UNSEEN / (total / weight + 1)));
        double beyond = high ? value - (low + width * (outermost(true) + 1)) : low + width * outermost(false) - value;
        return beyond > 0 ? surprise + Math.min(FARTHEST, STEEPNESS * beyond / meanExcess(high)) : surprise;
    }

    private double massBelow(double value) {
        double position = (value - low) / width;
        if (position < 0) {
            return 0;
        }
        double below = 0;
        int whole = (int) Math.min(position, BINS);
        for (int i = 0; i < whole; i++) {
            below += mass[i];
        }
        return whole < BINS ? below + mass[whole] * (position - whole) : below;
    }

    /** The outermost bin that is not as good as forgotten. */
    private int outermost(boolean high) {
        double forgotten = 0.05 * weight;
        int step = high ? -1 : 1;
        int i = high ? BINS - 1 : 0;
        while (i + step >= 0 && i + step < BINS && mass[i] < forgotten) {
            i += step;
        }
        return i;
    }

    /** How far beyond the start of the tail its mass lies on average: at least half a bin. */
    private double meanExcess(boolean high) {
        int step = high ? -1 : 1;
        int edge = high ? BINS - 1 : 0;
        double seen = 0;
        while (seen < total * TAIL && edge >= 0 && edge < BINS) {
            seen += mass[edge];
            edge += step;
        }
        double inTail = 0;
        double moment = 0;
        for (int i = high ? BINS - 1 : 0; i != edge; i += step) {
            inTail += mass[i];
            moment += mass[i] * (Math.abs(i - edge) - 0.5);
        }
        return width * Math.max(0.5, inTail > 0 ? moment / inTail : 0.5);
    }

    /** The value below which half of the mass lies. */
    double median() {
        double below = 0;
        for (int i = 0; i < BINS && count >= FIRST; i++) {
            if (below + mass[i] >= total / 2) {
                return low + width * (i + (total / 2 - below) / mass[i]);
            }
            below += mass[i];
        }
        return count == 0 ? 0 : mass[0];
    }

    void write(ByteBuffer buffer) {
        buffer.putInt(count).putDouble(low).putDouble(width).putDouble(total).putDouble(weight);
        for (float one : mass) {
            buffer.putFloat(one);
        }
    }

    void read(ByteBuffer buffer) {
        count = buffer.getInt();
        low = buffer.getDouble();
        width = buffer.getDouble();
        total = buffer.getDouble();
        weight = buffer.getDouble();
        for (int i = 0; i < BINS; i++) {
            mass[i] = buffer.getFloat();
        }
    }
}
