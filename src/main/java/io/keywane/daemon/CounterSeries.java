package io.keywane.daemon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The counters' series. Not thread-safe: its owner takes care that one thread at a time is in it. */
final class CounterSeries {
    private final MeterRegistry registry;
    private final SeriesCap cap;
    private final Map<Series, Counter> counters = new HashMap<>();

    CounterSeries(MeterRegistry registry, SeriesCap cap) {
        this.registry = registry;
        this.cap = cap;
    }

    private record Series(Metric metric, List<String> values) {
        boolean isOf(String label, Set<String> allowed) {
            int index = metric.labels().indexOf(label);
            return index < 0 || allowed.contains(values.get(index));
        }
    }

    /** Shows a series, from 0 if it is new. */
    void declare(Metric metric, String... values) {
        add(metric, 0, values);
    }

    /** Adds an amount, at least 0, to a series. Beyond the cap nothing is counted but the loss. */
    void add(Metric metric, double amount, String... values) {
        Series series = new Series(metric, List.of(values));
        Counter counter = counters.get(series);
        if (counter != null) {
            counter.increment(amount);
            return;
        }
        if (cap.hold()) {
            counter = register(series);
            counters.put(series, counter);
            counter.increment(amount);
        }
    }

    /** Takes away the series whose label has a value that is not among the allowed ones. */
    void retain(String label, Set<String> allowed) {
        counters.entrySet().removeIf(entry -> {
            if (entry.getKey().isOf(label, allowed)) {
                return false;
            }
            registry.remove(entry.getValue());
            cap.release();
            return true;
        });
    }

    private Counter register(Series series) {
        List<String> labels = series.metric().labels();
        if (labels.size() != series.values().size()) {
            throw new IllegalArgumentException(series.metric() + " has labels " + labels);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(labels.get(i), series.values().get(i)));
        }
        return Counter.builder(series.metric().baseName()).description(series.metric().help()).tags(tags)
                .register(registry);
    }
}
