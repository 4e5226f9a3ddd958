package io.keywane.anomaly;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Finds trouble in one series of numbers, one point after the other: causal, deterministic, with a small state of fixed size.
 *
 * <p>Counts that come at least every two and a half minutes are judged as a flow, anything else as a gauge. Which of the
 * two a series is, its first hundred points tell; nothing is reported before.
 *
 * <p>A point is judged before anything is learned from it. The state can be taken out as bytes at any time; a detector made
 * from them gives the same verdicts.
 */
public final class AnomalyDetector {
    private static final byte FORMAT = 2;
    /** As it was kept before; still read. */
    private static final byte FORMER = 1;
    private static final int LARGEST = 4_096;
    private static final int GAUGE = 1;
    private static final int FLOW = 2;

    private static final int UNDECIDED_POINTS = 100;
    private static final double FLOW_STEP_SECONDS = 150;

    private @Nullable GaugeDetector gauge = new GaugeDetector();
    private @Nullable FlowDetector flow = new FlowDetector();
    private int points;
    private boolean counts = true;
    private long first;

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
        if (points < UNDECIDED_POINTS) {
            decide(at.getEpochSecond(), value);
        }
        Verdict asGauge = gauge == null ? Verdict.QUIET : gauge.observe(at, value);
        Verdict asFlow = flow == null ? Verdict.QUIET : flow.observe(at, value);
        if (points < UNDECIDED_POINTS) {
            return Verdict.QUIET;
        }
        return flow == null ? asGauge : asFlow;
    }

    private void decide(long second, double value) {
        first = points == 0 ? second : first;
        points++;
        counts = counts && value >= 0 && value == Math.rint(value);
        if (points < UNDECIDED_POINTS) {
            return;
        }
        if (counts && second - first <= FLOW_STEP_SECONDS * UNDECIDED_POINTS) {
            gauge = null;
        } else {
            flow = null;
        }
    }

    /** What is usual at the time of the latest point; empty where that is not known, or no flow. */
    public Optional<Band> usual() {
        return flow == null ? Optional.empty() : flow.band();
    }

    /** The whole state. */
    public byte[] snapshot() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST).put(FORMAT).putInt(points)
                .put((byte) (counts ? 1 : 0)).putLong(first)
                .put((byte) ((gauge == null ? 0 : GAUGE) + (flow == null ? 0 : FLOW)));
        if (gauge != null) {
            gauge.write(buffer);
        }
        if (flow != null) {
            flow.write(buffer);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** A detector with the state that another one had. */
    public static AnomalyDetector restore(byte[] snapshot) {
        ByteBuffer buffer = ByteBuffer.wrap(snapshot);
        byte format = buffer.get();
        if (format != FORMAT && format != FORMER) {
            throw new IllegalArgumentException("unknown format of a detector's state: " + format);
        }
        AnomalyDetector detector = new AnomalyDetector();
        detector.read(buffer, format == FORMER);
        return detector;
    }

    private void read(ByteBuffer buffer, boolean former) {
        points = buffer.getInt();
        counts = buffer.get() == 1;
        first = buffer.getLong();
        int parts = buffer.get();
        if ((parts & GAUGE) == 0) {
            gauge = null;
        } else {
            requireNonNull(gauge).read(buffer);
        }
        if ((parts & FLOW) == 0) {
            flow = null;
        } else {
            requireNonNull(flow).read(buffer, former);
        }
    }
}
