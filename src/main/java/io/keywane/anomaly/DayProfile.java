package io.keywane.anomaly;

import java.nio.ByteBuffer;

/** What a series usually is at each hour of the (UTC) day: the fading mean of the hour's means. */
final class DayProfile {
    private static final int SLOTS = 24;
    private static final double LEARNING = 0.3;

    private final float[] mean = new float[SLOTS];
    private final boolean[] known = new boolean[SLOTS];
    private int slot = -1;
    private double sum;
    private int count;

    /** Moves to the hour of the given time; an hour that is over is learned. */
    void advance(long second) {
        int now = (int) (Math.floorMod(second, 86_400L) * SLOTS / 86_400);
        if (now == slot) {
            return;
        }
        if (slot >= 0) {
            learn();
        }
        slot = now;
        sum = 0;
        count = 0;
    }

    private void learn() {
        double over = sum / count;
        mean[slot] += (float) ((known[slot] ? LEARNING : 1) * (over - mean[slot]));
        known[slot] = true;
    }

    /** Whether this hour was seen on an earlier day. */
    boolean isKnown() {
        return known[slot];
    }

    double expected() {
        return mean[slot];
    }

    void add(double value) {
        sum += value;
        count++;
    }

    void write(ByteBuffer buffer) {
        buffer.putInt(slot).putDouble(sum).putInt(count);
        for (int i = 0; i < SLOTS; i++) {
            buffer.putFloat(mean[i]).put((byte) (known[i] ? 1 : 0));
        }
    }

    void read(ByteBuffer buffer) {
        slot = buffer.getInt();
        sum = buffer.getDouble();
        count = buffer.getInt();
        for (int i = 0; i < SLOTS; i++) {
            mean[i] = buffer.getFloat();
            known[i] = buffer.get() == 1;
        }
    }
}
