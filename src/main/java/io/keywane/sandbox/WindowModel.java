package io.keywane.sandbox;

import java.util.Locale;

/** How a limiter's windows forget requests. A further model is one more constant with its {@link WindowCounter}. */
public enum WindowModel {
    /** A true sliding log: a request leaves exactly one window after it was counted. */
    ROLLING {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new RollingWindow(limit, reset);
        }
    },
    /** A sliding window kept in sixths: a request leaves up to a sixth of the window early. */
    ROLLING_BUCKETS {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new BucketedWindow(limit, reset);
        }
    },
    /** Windows aligned to the Unix epoch, emptied at each boundary. */
    FIXED {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new FixedWindow(limit);
        }
    },
    /** A window that begins with the first request counted after the last one ended, and empties when it ends. */
    FIXED_FROM_FIRST_REQUEST {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new FirstRequestWindow(limit);
        }
    },
    /** Smoothed: one request drains every W/limit, whenever it was counted (generic cell rate algorithm). */
    GCRA {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new CellRateWindow(limit, reset);
        }
    },
    /** Two aligned windows, the former one weighted by its share in the last W: an estimate, not a count. */
    WEIGHTED {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new WeightedWindow(limit, reset);
        }
    };

    abstract WindowCounter open(WindowLimit limit, ResetMeaning reset);

    /** As options and the control API name it: {@code rolling-buckets}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
