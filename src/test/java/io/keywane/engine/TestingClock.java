package io.keywane.engine;

import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;

/** A host's clocks under the test's hand. */
final class TestingClock implements HostClock {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Moment now = new Moment("boot-1", Duration.ofHours(1), START);
    private Duration elapsed = Duration.ZERO;
    private int boots = 1;

    @Override
    public Moment now() {
        return now;
    }

    void advance(Duration span) {
        now = now.plus(span);
        elapsed = elapsed.plus(span);
    }

    /** The host restarts; that takes half a minute. */
    void reboot() {
        Duration down = Duration.ofSeconds(30);
        now = new Moment("boot-" + ++boots, Duration.ofSeconds(10), now.wall().plus(down));
        elapsed = elapsed.plus(down);
    }

    /** The wall clock is set. */
    void jump(Duration by) {
        now = new Moment(now.boot(), now.sinceBoot(), now.wall().plus(by));
    }

    /** Real time since the test began. */
    Duration elapsed() {
        return elapsed;
    }
}
