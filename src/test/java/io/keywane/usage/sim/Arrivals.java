package io.keywane.usage.sim;

import java.util.Arrays;
import java.util.List;

/** The requests of all consumers of one group, in the order of time. */
final class Arrivals {
    private static final double DAY = 86_400;
    private static final double IN_BURST = 0.15;

    private double[] times = new double[256];
    private int[] consumers = new int[256];
    private int size;
    private int next;

    /** Draws all requests of the consumers, but those that answer to our own requests. */
    static Arrivals of(List<Consumer> consumers, double end, Draw draw) {
        Arrivals drawn = new Arrivals();
        for (int i = 0; i < consumers.size(); i++) {
            drawn.draw(i, consumers.get(i), Math.min(end, consumers.get(i).to()), draw);
        }
        drawn.sort();
        return drawn;
    }

    private void draw(int index, Consumer consumer, double end, Draw draw) {
        switch (consumer.habit()) {
            case STEADY, JITTERY, RANDOM -> calls(index, consumer, consumer.from(), end, draw);
            case STRAGGLER -> {
                double middle = consumer.from() + (end - consumer.from()) * draw.between(0.2, 0.7);
                calls(index, consumer, consumer.from(), middle, draw);
                late(index, middle, end, draw);
            }
            case NIGHTLY -> visits(index, consumer, DAY, end, draw);
            case WEEKLY -> visits(index, consumer, 7 * DAY, end, draw);
            case BEFORE_RESET -> {
                double first = Math.ceil(consumer.from() / consumer.period()) * consumer.period() - 1;
                for (double time = first; time < end; time += consumer.period()) {
                    add(index, time);
                }
            }
            case MIMIC -> {
            } // answers to our own requests while the scenario is played
        }
    }

    private void calls(int index, Consumer consumer, double from, double to, Draw draw) {
        double time = from + draw.between(0, consumer.period());
        while (time < to) {
            for (int i = 0; i < consumer.burst() && time + i * IN_BURST < to; i++) {
                add(index, time + i * IN_BURST);
            }
            time += switch (consumer.habit()) {
                case RANDOM -> draw.wait(consumer.period());
                case JITTERY -> consumer.period() * draw.between(0.97, 1.03);
                case STEADY, NIGHTLY, WEEKLY, STRAGGLER, BEFORE_RESET, MIMIC -> consumer.period();
            };
        }
    }

    private void late(int index, double from, double to, Draw draw) {
        double gap = (to - from) / 8;
        for (double time = from + draw.wait(gap); time < to; time += draw.wait(gap)) {
            add(index, time);
        }
    }

    private void visits(int index, Consumer consumer, double every, double end, Draw draw) {
        for (double day = consumer.from(); day < end; day += every) {
            double begin = day + draw.between(0.0, 600.0);
            calls(index, consumer, begin, Math.min(end, begin + draw.between(300.0, 1_800.0)), draw);
        }
    }

    private void add(int consumer, double time) {
        if (time < 0) {
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            consumers = Arrays.copyOf(consumers, size * 2);
        }
        times[size] = time;
        consumers[size] = consumer;
        size++;
    }

    private void sort() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(times[a], times[b]));
        double[] sorted = new double[size];
        int[] whose = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = times[order[i]];
            whose[i] = consumers[order[i]];
        }
        times = sorted;
        consumers = whose;
    }

    /** The time of the next request; infinite where there is none. */
    double nextTime() {
        return next < size ? times[next] : Double.POSITIVE_INFINITY;
    }

    /** Takes the next request and gives its consumer. */
    int take() {
        return consumers[next++];
    }
}
