package io.keywane.anomaly;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * Finds trouble in one series of numbers, one point after the other: causal, deterministic, with a small state of fixed size.
 *
 * <p>A point is judged before anything is learned from it. The state can be taken out as bytes at any time; a detector made
 * from them gives the same verdicts.
 */
public final class AnomalyDetector {
    private static final byte FORMAT = 1;
    private static final int LARGEST = 4_096;

    private final GaugeDetector gauge = new GaugeDetector();

    /**
     * Judges the next point.
     *
     * @param at when it was measured; not before the former one
     * @param value a finite number
     */
    public Verdict observe(Instant at, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value is not finite");
        }
        return gauge.observe(at, value);
    }

    /** The whole state. */
    public byte[] snapshot() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST).put(FORMAT);
        gauge.write(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** A detector with the state that another one had. */
    public static AnomalyDetector restore(byte[] snapshot) {
        ByteBuffer buffer = ByteBuffer.wrap(snapshot);
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new IllegalArgumentException("unknown format of a detector's state: " + format);
        }
        AnomalyDetector detector = new AnomalyDetector();
        detector.gauge.read(buffer);
        return detector;
    }
}
