package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Virtual time: stands still until it is moved. */
final class TestingClock implements InstantSource {
    /** A boundary of minute, hour and day, so that fixed windows begin here. */
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration step) {
        now = now.plus(step);
    }

    void set(Instant time) {
        now = time;
    }
}
