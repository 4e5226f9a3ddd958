package io.keywane.usage.sim;

/** A rolling window: a log of single requests, or of buckets whose requests leave together. */
final class RollingCounter extends Counter {
    private final double bucket;
    private final int kept;
    private final Stamps stamps = new Stamps();

    /**
     * @param bucket the length of a bucket; 0: a log of single requests
     * @param kept how many buckets are counted, the present one included
     */
    RollingCounter(double length, double bucket, int kept) {
        super(length);
        this.bucket = bucket;
        this.kept = kept;
    }

    private double begin(double time) {
        return bucket == 0 ? time : Math.floor(time / bucket) * bucket;
    }

    private double span() {
        return bucket == 0 ? length : kept * bucket;
    }

    private void drop(double now) {
        // Half a bucket keeps the comparison clear of rounding; begins of buckets are whole multiples.
        stamps.dropUpTo(begin(now) - span() + bucket / 2);
    }

    @Override
    void add(double now, boolean foreign, long limit) {
        drop(now);
        stamps.add(begin(now), foreign);
    }

    @Override
    long used(double now, long limit) {
        drop(now);
        return stamps.size();
    }

    @Override
    long foreign(double now) {
        drop(now);
        return stamps.foreignSize();
    }

    @Override
    double reset(double now) {
        drop(now);
        return stamps.oldestOr(now) + span();
    }

    @Override
    void wipe() {
        stamps.clear();
    }
}
