package io.keywane.sandbox;

import java.time.Instant;

/** A window opened by the first request after the last one ended; while none is open, it would reset W from now. */
final class FirstRequestWindow implements WindowCounter {
    private final long span;
    private int limit;
    private long start = Long.MIN_VALUE;
    private int used;

    FirstRequestWindow(WindowLimit limit) {
        this.span = limit.window().toMillis();
        this.limit = limit.limit();
    }

    @Override
    public int used(Instant now) {
        return isOpen(now) ? used : 0;
    }

    @Override
    public void count(Instant now) {
        if (!isOpen(now)) {
            start = now.toEpochMilli();
            used = 0;
        }
        used++;
    }

    @Override
    public Instant reset(Instant now) {
        return isOpen(now) ? Instant.ofEpochMilli(start + span) : now.plusMillis(span);
    }

    @Override
    public Instant admits(Instant now) {
        return used(now) < limit ? now : reset(now);
    }

    @Override
    public void change(int value) {
        limit = value;
    }

    private boolean isOpen(Instant now) {
        return used > 0 && now.toEpochMilli() < start + span;
    }
}
