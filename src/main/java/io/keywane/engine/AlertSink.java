package io.keywane.engine;

import io.keywane.alert.Notice;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Port: a place to which alerts are pushed. */
public interface AlertSink {
    /** How a place wants to be told. */
    enum Style {
        /** Of everything, again and again: what is not repeated ends there by itself. */
        REPEATED,
        /** Of each begin and each end, once. */
        ONCE
    }

    /** A word for metrics and logs; holds nothing of the address. */
    String name();

    Style style();

    /**
     * Delivers notices; for {@link Style#REPEATED} also when there are none.
     *
     * @throws IOException if the place did not take them; its message holds nothing of a secret address
     */
    void send(List<Notice> notices, Instant now) throws IOException;
}
