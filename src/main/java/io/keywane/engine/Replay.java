package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.Stage;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.Sample;

import java.time.Duration;
import java.time.Instant;
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
    /** A day's window, its tolerance and a margin: what accounting needs of the past. */
    static final Duration ACCOUNTED = Duration.ofHours(31);

    private final Map<String, List<Event>> boots = new LinkedHashMap<>();

    private record Event(Moment at, Runnable taken) {}

    private final List<OwnRequest> ledger;
    private final List<Sample> samples;

    Replay(List<OwnRequest> ledger, List<Sample> samples) {
        this.ledger = ledger;
        this.samples = samples;
    }

    /**
     * From where on the past of a version is taken in: usually from a fixed time; a leaving version, and the one that is to
     * carry its load, are followed from where the switch began.
     */
    static Instant from(KeyState state, KeyVersion version, Instant usual) {
        boolean isOfASwitch = version.stage().isLeaving()
                || (version.stage() == Stage.CURRENT && !state.leaving().isEmpty());
        Instant since = version.since().wall().minus(ACCOUNTED);
        return isOfASwitch && since.isBefore(usual) ? since : usual;
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
