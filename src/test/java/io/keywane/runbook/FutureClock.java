package io.keywane.runbook;

import io.keywane.daemon.SystemHostClock;
import io.keywane.engine.HostClock;
import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * This host's clocks, which can be put forward: daemon, sandbox and command line of one scene go by them, so that an hour
 * passes for all of them at once.
 */
final class FutureClock implements HostClock, InstantSource {
    private final HostClock real = new SystemHostClock();
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** Lets time pass. */
    void forward(Duration span) {
        ahead.updateAndGet(before -> before.plus(span));
    }

    @Override
    public Moment now() {
        Moment now = real.now();
        Duration more = ahead.get();
        return new Moment(now.boot(), now.sinceBoot().plus(more), now.wall().plus(more));
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }
}
