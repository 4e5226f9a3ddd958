package io.keywane.sandbox;

import java.time.Instant;

/**
 * A sliding window kept in six buckets aligned to the Unix epoch: the current one and the five before it. A whole
 * bucket leaves at once, so that a request leaves between 5/6 W and W after it was counted.
 */
final class BucketedWindow implements WindowCounter {
    private static final int BUCKETS = 6;

    private final long span;
    private final ResetMeaning reset;
    private final int[] counts = new int[BUCKETS];
    private int limit;
    private long current = Long.MIN_VALUE;

    BucketedWindow(WindowLimit limit, ResetMeaning reset) {
        this.span = limit.window().toMillis();
        this.limit = limit.limit();
        this.reset = reset;
    }

    @Override
    public int used(Instant now) {
        roll(now);
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    @Override
    public void count(Instant now) {
        roll(now);
        counts[slot(current)]++;
    }

    @Override
    public Instant reset(Instant now) {
        if (reset == ResetMeaning.NOW || used(now) == 0) {
            return now.plusMillis(span);
        }
        long oldest = current - BUCKETS + 1;
        while (counts[slot(oldest)] == 0) {
            oldest++;
        }
        return leaves(oldest);
    }

    @Override
    public Instant admits(Instant now) {
        int used = used(now);
        if (used < limit) {
            return now;
        }
        long bucket = current - BUCKETS + 1;
        while (used - counts[slot(bucket)] >= limit) {
            used -= counts[slot(bucket)];
            bucket++;
        }
        return leaves(bucket);
    }

    @Override
    public void change(int value) {
        limit = value;
    }

    private Instant leaves(long bucket) {
        return Instant.ofEpochMilli(Math.ceilDiv(bucket * span, BUCKETS) + span);
    }

    private void roll(Instant now) {
        long bucket = Math.floorDiv(now.toEpochMilli() * BUCKETS, span);
        for (long fresh = Math.max(current + 1, bucket - BUCKETS + 1); fresh <= bucket; fresh++) {
            counts[slot(fresh)] = 0;
        }
        current = Math.max(current, bucket);
    }

    private static int slot(long bucket) {
        return (int) Math.floorMod(bucket, (long) BUCKETS);
    }
}
