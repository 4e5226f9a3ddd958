package io.keywane.sandbox;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The generic cell rate algorithm with a burst of the whole limit: each request fills one cell, and one cell drains
 * every W/limit. What is used says how full it is now, not how many requests the last W had.
 */
final class CellRateWindow implements WindowCounter {
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long span;
    private final ResetMeaning reset;
    private int limit;
    private long cell;
    private long empty;
    private long latest;

    CellRateWindow(WindowLimit limit, ResetMeaning reset) {
        this.span = limit.window().toMillis() * NANOS;
        this.reset = reset;
        this.limit = limit.limit();
        this.cell = span / this.limit;
    }

    @Override
    public int used(Instant now) {
        return (int) Math.ceilDiv(filled(now), cell);
    }

    @Override
    public void count(Instant now) {
        long filled = Math.min(filled(now) + cell, cell * limit);
        empty = latest + filled;
    }

    @Override
    public Instant reset(Instant now) {
        if (reset == ResetMeaning.NOW) {
            return now.plusNanos(span);
        }
        return now.plusNanos(filled(now));
    }

    @Override
    public Instant admits(Instant now) {
        long excess = filled(now) - cell * (limit - 1);
        return excess <= 0 ? now : now.plusNanos(excess);
    }

    @Override
    public void change(int value) {
        long used = Math.ceilDiv(Math.max(0, empty - latest), cell);
        limit = value;
        cell = span / value;
        empty = latest + cell * Math.min(used, value);
    }

    /** How long it takes to drain, in nanoseconds. */
    private long filled(Instant now) {
        latest = Math.max(latest, now.toEpochMilli() * NANOS);
        return Math.max(0, empty - latest);
    }
}
