package io.keywane.daemon;

import io.keywane.config.ConfigException;
import org.quartz.SchedulerException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A daemon inside the process of a test; its log is the process' log. */
public final class DaemonHere {
    private DaemonHere() {}

    /** Starts one; to be closed as a signal would. */
    public static AutoCloseable start(Path config) throws ConfigException, IOException, SchedulerException {
        return Daemon.start(config, Map.of(), SystemdNotifier.of(Map.of(), 0));
    }
}
