package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.Sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The past of one version in the order in which it happened: boots by the wall clock, within a boot by the even clock. An
 * own request comes before its sample, and no later one does.
 */
final class Replay {
    private final Map<String, List<Event>> boots = new LinkedHashMap<>();

    private record Event(Moment at, Runnable taken) {}

    private final List<OwnRequest> ledger;
    private final List<Sample> samples;

    Replay(List<OwnRequest> ledger, List<Sample> samples) {
        this.ledger = ledger;
        this.samples = samples;
    }

    void into(KeyWatcher watcher) {
        into(watcher::enter, sample -> watcher.observe(sample, false));
    }

    void into(Consumer<OwnRequest> enter, Consumer<Sample> observe) {
        List<Event> events = new ArrayList<>();
        ledger.forEach(entry -> events.add(new Event(entry.sent(), () -> enter.accept(entry))));
        samples.forEach(sample -> events.add(new Event(sample.received(), () -> observe.accept(sample))));
        events.sort(Comparator.comparing(event -> event.at().wall()));
        events.forEach(event -> boots.computeIfAbsent(event.at().boot(), boot -> new ArrayList<>()).add(event));
        for (List<Event> boot : boots.values()) {
            boot.sort(Comparator.comparing(event -> event.at().sinceBoot()));
            boot.forEach(event -> event.taken().run());
        }
    }
}
