package io.keywane.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static java.util.Objects.requireNonNull;

/** Small limiters whose truth is known, for one key and group. Times are seconds of the server's clock. */
final class CalibrationServer {
    /** How a limiter counts. */
    enum Model {
        LOG, BUCKETS, WIDE_BUCKETS, FIXED_ALIGNED, FIXED_OPENED, GCRA, WEIGHTED;

        boolean isRolling() {
            return this == LOG || this == BUCKETS || this == WIDE_BUCKETS;
        }

        boolean isFixed() {
            return this == FIXED_ALIGNED || this == FIXED_OPENED;
        }
    }

    /** What Reset names where the model leaves a choice. */
    enum Reset {
        NOW, OLDEST
    }

    /** One window of the limiter. */
    record Window(long limit, double length) {}

    record Reading(long limit, long remaining, long reset) {}

    final Model model;
    final Reset reset;
    final boolean counts;
    final List<Window> windows;
    final boolean tightest;
    final double lag;
    final int nodes;
    final int rounding;
    final double resetRounding;
    /** Every so manieth answer has a Reset that is off by so many seconds. */
    double resetShift;
    int shiftEvery = 1;
    private int answers;
    private final Random random;
    private final List<List<Double>> counted = new ArrayList<>();
    private int turn;

    CalibrationServer(Model model, Reset reset, boolean counts, List<Window> windows, boolean tightest, double lag,
            int nodes, Random random) {
        this.model = model;
        this.reset = reset;
        this.counts = counts;
        this.windows = windows;
        this.tightest = tightest;
        this.lag = lag;
        this.nodes = nodes;
        this.random = random;
        this.rounding = random.nextInt(3);
        this.resetRounding = List.of(0.0, 0.5, 0.999).get(random.nextInt(3));
        for (int i = 0; i < nodes; i++) {
            counted.add(new ArrayList<>());
        }
    }

    /** One request; what its answer shows. */
    Reading request(double time) {
        List<Double> log = counted
                .get(nodes == 1 ? 0 : random.nextInt(4) == 0 ? random.nextInt(nodes) : turn++ % nodes);
        Reading before = read(log, time, false);
        log.add(time);
        return counts ? read(log, time, true) : before;
    }

    private Reading read(List<Double> log, double time, boolean after) {
        Reading best = null;
        double share = 2;
        for (Window window : windows) {
            List<Double> seen = log.stream().filter(t -> t <= time - lag + (after && lag == 0 ? 1e-9 : 0)).toList();
            long used = Math.min(window.limit(), used(seen, time, window));
            double left = (double) (window.limit() - used) / window.limit();
            if (left < share) {
                share = left;
                best = new Reading(window.limit(), window.limit() - used,
                        (long) Math.floor(reset(seen, time, window) + resetRounding + shift()));
            }
            if (!tightest) {
                break;
            }
        }
        return requireNonNull(best);
    }

    private double bucket(Window window) {
        return window.length() / (model == Model.WIDE_BUCKETS ? 4 : 6);
    }

    private long used(List<Double> log, double time, Window window) {
        double length = window.length();
        return switch (model) {
            case LOG -> log.stream().filter(t -> t > time - length).count();
            case BUCKETS, WIDE_BUCKETS -> {
                double b = bucket(window);
                yield log.stream().filter(t -> Math.floor(t / b) * b + length > time).count();
            }
            case FIXED_ALIGNED -> log.stream().filter(t -> t >= Math.floor(time / length) * length).count();
            case FIXED_OPENED -> {
                double begin = opened(log, time, length);
                yield log.stream().filter(t -> t >= begin).count();
            }
            case GCRA -> {
                double interval = length / window.limit();
                double full = 0;
                for (double t : log) {
                    full = Math.max(full, t) + interval;
                }
                yield (long) Math.ceil(Math.max(0, full - time) / interval - 1e-6);
            }
            case WEIGHTED -> {
                double begin = Math.floor(time / length) * length;
                double before = log.stream().filter(t -> t < begin && t >= begin - length).count();
                double now = log.stream().filter(t -> t >= begin).count();
                double sum = before * (1 - (time - begin) / length) + now;
                yield rounding == 0 ? (long) Math.floor(sum) : rounding == 1 ? Math.round(sum) : (long) Math.ceil(sum);
            }
        };
    }

    private static double opened(List<Double> log, double time, double length) {
        double begin = time;
        boolean open = false;
        for (double t : log) {
            if (!open || t >= begin + length) {
                begin = t;
                open = true;
            }
        }
        return open && time < begin + length ? begin : time;
    }

    private double shift() {
        return ++answers % shiftEvery == 0 ? resetShift : 0;
    }

    private double reset(List<Double> log, double time, Window window) {
        double length = window.length();
        return switch (model) {
            case LOG, BUCKETS, WIDE_BUCKETS, GCRA -> reset == Reset.NOW
                    ? time + length
                    : log.stream().filter(t -> t > time - length).mapToDouble(t -> t).min().orElse(time) + length;
            case FIXED_ALIGNED, WEIGHTED -> Math.floor(time / length) * length + length;
            case FIXED_OPENED -> opened(log, time, length) + length;
        };
    }

    /** How much earlier or later than the window's length a request may leave, in seconds. */
    double deviation(Window window) {
        return model == Model.LOG ? 0 : bucket(window);
    }
}
