package io.keywane.sandbox;

import java.time.Instant;

/**
 * A true sliding log: a request counted at t is in the window until just before t + W. The log keeps only the newest
 * {@code limit} requests, which is all that admission can depend on.
 */
final class RollingWindow implements WindowCounter {
    private final long span;
    private int limit;
    private final ResetMeaning reset;
    private final TimeRing log;

    RollingWindow(WindowLimit limit, ResetMeaning reset) {
        this.span = limit.window().toMillis();
        this.limit = limit.limit();
        this.reset = reset;
        this.log = new TimeRing(limit.limit());
    }

    @Override
    public int used(Instant now) {
        log.dropThrough(now.toEpochMilli() - span);
        return log.size();
    }

    @Override
    public void count(Instant now) {
        log.add(now.toEpochMilli());
    }

    @Override
    public Instant reset(Instant now) {
        if (reset == ResetMeaning.NOW || used(now) == 0) {
            return now.plusMillis(span);
        }
        return oldestLeaves();
    }

    @Override
    public Instant admits(Instant now) {
        return used(now) < limit ? now : oldestLeaves();
    }

    @Override
    public void change(int value) {
        limit = value;
        log.resize(value);
    }

    private Instant oldestLeaves() {
        return Instant.ofEpochMilli(log.oldest() + span);
    }
}
