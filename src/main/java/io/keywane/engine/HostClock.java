package io.keywane.engine;

import io.keywane.key.Moment;

/** Port: the two clocks of this host, read together. */
@FunctionalInterface
public interface HostClock {
    Moment now();
}
