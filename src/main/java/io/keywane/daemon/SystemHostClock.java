package io.keywane.daemon;

import io.keywane.engine.HostClock;
import io.keywane.key.Moment;

import java.time.Instant;

/** The clocks of this Linux host: boot time, which counts suspended time too, and the wall clock. */
public final class SystemHostClock implements HostClock {
    private final String boot = LinuxNative.bootId();

    @Override
    public Moment now() {
        return new Moment(boot, LinuxNative.sinceBoot(), Instant.now());
    }
}
