package io.keywane.sandbox;

import java.time.Instant;

/** A window aligned to the Unix epoch that empties at each boundary; the reset is that boundary. */
final class FixedWindow implements WindowCounter {
    private final long span;
    private int limit;
    private long start = Long.MIN_VALUE;
    private int used;

    FixedWindow(WindowLimit limit) {
        this.span = limit.window().toMillis();
        this.limit = limit.limit();
    }

    @Override
    public int used(Instant now) {
        roll(now);
        return used;
    }

    @Override
    public void count(Instant now) {
        roll(now);
        used++;
    }

    @Override
    public Instant reset(Instant now) {
        roll(now);
        return Instant.ofEpochMilli(start + span);
    }

    @Override
    public Instant admits(Instant now) {
        return used(now) < limit ? now : reset(now);
    }

    @Override
    public void change(int value) {
        limit = value;
    }

    private void roll(Instant now) {
        long current = Math.floorDiv(now.toEpochMilli(), span) * span;
        if (current > start) {
            start = current;
            used = 0;
        }
    }
}
