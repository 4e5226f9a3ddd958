package io.keywane.engine;

import io.keywane.key.KeyName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;

/** Keeps what the detectors know over restarts, and lets them catch up from history. */
final class UseRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UseRecords.class);
    /** Where nothing was kept, the detector learns from so much of the past: a week and what it needs to begin. */
    private static final Duration LEARNT = Duration.ofDays(8);
    /** The points before the first step that is judged anew. */
    private static final Duration LEAD = Duration.ofHours(1);

    private final Ports ports;

    UseRecords(Ports ports) {
        this.ports = ports;
    }

    private static String name(KeyName key) {
        return "use/" + key;
    }

    /** What is known of a key's use: what was kept, and what history holds since then. */
    UseWatch restore(KeyName key, Settings settings) {
        UseWatch use = new UseWatch(settings.probing().interval(), settings.alerts().calm());
        try {
            ports.states().setting(name(key)).ifPresent(use::restore);
        } catch (IllegalArgumentException e) {
            LOG.warn("the detector of {} begins anew: {}", key, e.getMessage());
            use = new UseWatch(settings.probing().interval(), settings.alerts().calm());
        }
        Instant from = use.judged().map(at -> at.minus(LEAD)).orElse(ports.clock().now().wall().minus(LEARNT));
        ports.history().usage(key, from).forEach(use::take);
        return use;
    }

    void save(KeyWatcher watcher) {
        try {
            watcher.saveUse(text -> ports.states().setting(name(watcher.name), text));
        } catch (PersistenceException e) {
            LOG.warn("what the detector of {} knows could not be kept: {}", watcher.name, e.getMessage());
        }
    }
}
