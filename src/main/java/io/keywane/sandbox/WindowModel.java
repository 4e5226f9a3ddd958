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
    /** Windows aligned to the Unix epoch, emptied at each boundary. */
    FIXED {
        @Override
        WindowCounter open(WindowLimit limit, ResetMeaning reset) {
            return new FixedWindow(limit);
        }
    };

    abstract WindowCounter open(WindowLimit limit, ResetMeaning reset);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
