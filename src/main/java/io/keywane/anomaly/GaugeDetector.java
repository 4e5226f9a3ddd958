package io.keywane.anomaly;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Finds what is unusual in a measured value of any kind: several views of the series, each judged by its own history.
 *
 * <p>A view is the value, its change, its unrest, its mean over a short or long span, or the value or its mean against the time of day. A point is as
 * unusual as its most unusual view. After an alarm nothing is reported for {@value #REFRACTORY} points: one incident, one
 * alarm.
 */
final class GaugeDetector {
    private static final int VIEWS = 7;
    private static final int VALUE = 0;
    private static final int CHANGE = 1;
    private static final int SHORT_MEAN = 2;
    private static final int SEASONAL_MEAN = 3;
    private static final int LONG_MEAN = 4;
    private static final int SEASONAL = 5;
    private static final int UNREST = 6;

    /** Powers of ten of rarity that make an alarm. */
    private static final double ALARM = 4.2;
    /** What is added to the alarm threshold for each view: what is often far out must be farther. */
    private static final double[] EXTRA = {0.2, 0.6, 0.15, 0, 0, 0, 0.3};
    private static final double MEMORY = 8_000;
    private static final double SHORT = 10;
    private static final double LONG = 96;
    private static final int WARM_UP = 200;
    private static final int REFRACTORY = 80;

    private static final double SHORT_SHARE = 1 - Math.pow(0.5, 1 / SHORT);
    private static final double LONG_SHARE = 1 - Math.pow(0.5, 1 / LONG);

    private final TailHistogram[] history = new TailHistogram[VIEWS];
    private final DayProfile day = new DayProfile();
    private final double[] view = new double[VIEWS];
    private double previous;
    private double shortMean;
    private double seasonalMean;
    private double longMean;
    private double unrest;
    private int sinceAlarm = REFRACTORY;
    private boolean started;

    GaugeDetector() {
        for (int i = 0; i < VIEWS; i++) {
            history[i] = new TailHistogram(MEMORY);
        }
    }

    Verdict observe(Instant at, double value) {
        look(at, value);
        int rarest = -1;
        double most = 0;
        for (int i = 0; i < VIEWS; i++) {
            if ((i == SEASONAL_MEAN || i == SEASONAL) && !day.isKnown()) {
                continue;
            }
            double surprise = history[i].count() < WARM_UP ? 0 : history[i].surprise(view[i]) - EXTRA[i];
            if (surprise > most) {
                most = surprise;
                rarest = i;
            }
            history[i].add(view[i]);
        }
        day.add(value);
        sinceAlarm++;
        if (most < ALARM || sinceAlarm <= REFRACTORY) {
            return Verdict.QUIET;
        }
        sinceAlarm = 0;
        return Verdict.begins(anomaly(at, value, rarest, most));
    }

    private void look(Instant at, double value) {
        day.advance(at.getEpochSecond());
        if (!started) {
            started = true;
            previous = value;
            shortMean = value;
            longMean = value;
        }
        shortMean += SHORT_SHARE * (value - shortMean);
        longMean += LONG_SHARE * (value - longMean);
        if (day.isKnown()) {
            seasonalMean += SHORT_SHARE * (value - day.expected() - seasonalMean);
        }
        double change = value - previous;
        unrest += SHORT_SHARE * (change * change - unrest);
        view[VALUE] = value;
        view[CHANGE] = change;
        view[SEASONAL] = day.isKnown() ? value - day.expected() : 0;
        // Never the logarithm of nothing: a value that stands still has the unrest of its last digits.
        view[UNREST] = Math.log(unrest + 1e-12 * (1 + value * value));
        view[SHORT_MEAN] = shortMean;
        view[SEASONAL_MEAN] = seasonalMean;
        view[LONG_MEAN] = longMean;
        previous = value;
    }

    private Anomaly anomaly(Instant at, double value, int rarest, double surprise) {
        double usual = history[VALUE].median();
        double expected = rarest == SEASONAL_MEAN || rarest == SEASONAL ? day.expected() : usual;
        double actual = switch (rarest) {
            case SHORT_MEAN -> shortMean;
            case LONG_MEAN -> longMean;
            case SEASONAL_MEAN -> day.expected() + seasonalMean;
            default -> value;
        };
        return new Anomaly(kind(rarest, actual >= expected), Grade.PAGE, at, expected, actual,
                Math.clamp(surprise / ALARM - 1, 0, 1));
    }

    private static AnomalyKind kind(int rarest, boolean high) {
        if (rarest == LONG_MEAN) {
            return AnomalyKind.LEVEL_SHIFT;
        }
        if (!high) {
            return AnomalyKind.DROP;
        }
        return rarest == SEASONAL_MEAN || rarest == SEASONAL ? AnomalyKind.UNUSUAL_HOURS : AnomalyKind.SPIKE;
    }

    void write(ByteBuffer buffer) {
        buffer.putDouble(previous).putDouble(shortMean).putDouble(seasonalMean).putDouble(longMean).putDouble(unrest)
                .putInt(sinceAlarm)
                .put((byte) (started ? 1 : 0));
        day.write(buffer);
        for (TailHistogram one : history) {
            one.write(buffer);
        }
    }

    void read(ByteBuffer buffer) {
        previous = buffer.getDouble();
        shortMean = buffer.getDouble();
        seasonalMean = buffer.getDouble();
        longMean = buffer.getDouble();
        unrest = buffer.getDouble();
        sinceAlarm = buffer.getInt();
        started = buffer.get() == 1;
        day.read(buffer);
        for (TailHistogram one : history) {
            one.read(buffer);
        }
    }
}
