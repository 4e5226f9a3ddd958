package io.keywane.engine.sim;

import io.keywane.engine.HostClock;
import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;

/** A host's two clocks, and the true time that neither a jump nor a restart moves. */
final class SimulatedClock implements HostClock {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration DOWN = Duration.ofSeconds(20);

    private Moment now = new Moment("boot-1", Duration.ofHours(1), START);
    private Duration elapsed = Duration.ZERO;
    private int boots = 1;

    @Override
    public Moment now() {
        return now;
    }

    /** True time since the run began, in milliseconds. */
    long millis() {
        return elapsed.toMillis();
    }

    /** What the server's clock shows. */
    Instant server() {
        return START.plus(elapsed);
    }

    void advance(Duration span) {
        now = now.plus(span);
        elapsed = elapsed.plus(span);
    }

    /** The host restarts. */
    void reboot() {
        now = new Moment("boot-" + ++boots, Duration.ofSeconds(5), now.wall().plus(DOWN));
        elapsed = elapsed.plus(DOWN);
    }

    /** The wall clock is set. */
    void jump(Duration by) {
        now = new Moment(now.boot(), now.sinceBoot(), now.wall().plus(by));
    }
}
