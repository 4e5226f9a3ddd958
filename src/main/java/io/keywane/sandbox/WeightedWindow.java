package io.keywane.sandbox;

import java.time.Instant;

/**
 * Two windows aligned to the Unix epoch: the current one counts in full, the former one with the share of it that lies
 * within the last W, as if its requests had come evenly. The estimate is rounded up.
 */
final class WeightedWindow implements WindowCounter {
    private final long span;
    private final ResetMeaning reset;
    private int limit;
    private long start = Long.MIN_VALUE;
    private int former;
    private int current;

    WeightedWindow(WindowLimit limit, ResetMeaning reset) {
        this.span = limit.window().toMillis();
        this.reset = reset;
        this.limit = limit.limit();
    }

    @Override
    public int used(Instant now) {
        roll(now);
        long remaining = Math.clamp(start + span - now.toEpochMilli(), 0, span);
        return current + (int) Math.ceilDiv(former * remaining, span);
    }

    @Override
    public void count(Instant now) {
        roll(now);
        current++;
    }

    @Override
    public Instant reset(Instant now) {
        roll(now);
        return reset == ResetMeaning.NOW ? now.plusMillis(span) : Instant.ofEpochMilli(start + span);
    }

    @Override
    public Instant admits(Instant now) {
        if (used(now) < limit) {
            return now;
        }
        int free = limit - 1 - current;
        return free >= 0 ? fades(start, former, free) : fades(start + span, current, limit - 1);
    }

    @Override
    public void change(int value) {
        limit = value;
    }

    /** When a former window's weight has fallen to so many requests, in the window that begins at {@code from}. */
    private Instant fades(long from, int count, int to) {
        long elapsed = count <= to ? 0 : span - Math.floorDiv(to * span, (long) count);
        return Instant.ofEpochMilli(from + elapsed);
    }

    private void roll(Instant now) {
        long begins = Math.floorDiv(now.toEpochMilli(), span) * span;
        if (begins <= start) {
            return;
        }
        former = begins == start + span ? current : 0;
        current = 0;
        start = begins;
    }
}
