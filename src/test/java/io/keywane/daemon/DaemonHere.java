package io.keywane.daemon;

import io.keywane.config.ConfigException;
import io.keywane.engine.HostClock;
import org.quartz.SchedulerException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A daemon inside the process of a test; its log is the process' log. */
public final class DaemonHere implements AutoCloseable {
    private final Daemon daemon;

    private DaemonHere(Daemon daemon) {
        this.daemon = daemon;
    }

    /** Starts one; to be closed as a signal would. */
    public static DaemonHere start(Path config) throws ConfigException, IOException, SchedulerException {
        return start(config, new SystemHostClock());
    }

    /** Starts one that goes by another clock. */
    public static DaemonHere start(Path config, HostClock clock)
            throws ConfigException, IOException, SchedulerException {
        return new DaemonHere(Daemon.start(config, Map.of(), SystemdNotifier.of(Map.of(), 0), clock));
    }

    /** As SIGHUP does. */
    public void reload() {
        daemon.reload();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
