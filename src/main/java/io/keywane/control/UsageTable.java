package io.keywane.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Use of one managed key over time, over all its versions.
 *
 * @param key the managed key
 * @param from begin of the first bucket
 * @param to end of the last one
 * @param bucket length of a bucket
 * @param points by group, then by time
 */
public record UsageTable(String key, Instant from, Instant to, Duration bucket, List<Bucket> points)
        implements
            ControlResult {
    public UsageTable {
        requireNonNull(key, "key is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(bucket, "bucket is null");
        points = List.copyOf(points);
    }

    /**
     * One group in one span of time.
     *
     * @param from begin of the span
     * @param group the limiter
     * @param foreignLo least number of others' requests in the observed part
     * @param foreignHi most
     * @param coverage share of the span that was observed, 0 to 1; at 0 the bounds say nothing
     * @param own our own requests
     */
    public record Bucket(Instant from, String group, long foreignLo, long foreignHi, double coverage, long own) {
        public Bucket {
            requireNonNull(from, "from is null");
            requireNonNull(group, "group is null");
            if (foreignLo < 0 || foreignHi < foreignLo || own < 0) {
                throw new IllegalArgumentException("invalid counts: need 0 <= foreignLo <= foreignHi and 0 <= own");
            }
            if (!(coverage >= 0 && coverage <= 1)) {
                throw new IllegalArgumentException("coverage must be from 0 to 1, is " + coverage);
            }
        }
    }
}
