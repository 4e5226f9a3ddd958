package io.keywane.daemon;

import io.keywane.config.ConfigException;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.StoreException;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code daemon}: runs the service in the foreground, as systemd starts it. */
@Command(name = "daemon", header = "Run the daemon in the foreground.", mixinStandardHelpOptions = true,
        footer = {"", "SIGHUP reads the configuration again; a bad one changes nothing. SIGTERM ends in order.", "",
            "Ends with 78 if the configuration is wrong, so that systemd does not try it again.", "", "Example:",
            "  $ keywane daemon --config /etc/keywane/keywane.yaml"})
public final class DaemonCommand implements Callable<Integer> {
    /** EX_CONFIG of sysexits.h; the unit's RestartPreventExitStatus names it. */
    private static final int BAD_CONFIGURATION = 78;
    private static final int FAILURE = 1;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration file (${DEFAULT-VALUE}).",
            defaultValue = "/etc/keywane/keywane.yaml")
    private Path config = Path.of("/etc/keywane/keywane.yaml");

    @Override
    public Integer call() throws InterruptedException {
        SystemdNotifier systemd = SystemdNotifier.fromEnvironment();
        try {
            LinuxNative.forbidDumps();
            return run(Daemon.start(config, System.getenv(), systemd, new SystemHostClock()), systemd);
        } catch (ConfigException e) {
            System.err.println("keywane: the configuration cannot be used");
            System.err.println(Logging.liveKeys().mask(String.valueOf(e.getMessage())));
            return BAD_CONFIGURATION;
        } catch (IOException | SchedulerException | PersistenceException | StoreException | IllegalStateException
                | IllegalArgumentException e) {
            System.err.println("keywane: cannot start: " + Logging.liveKeys().mask(String.valueOf(e.getMessage())));
            return FAILURE;
        } finally {
            Logging.stop();
        }
    }

    private static int run(Daemon daemon, SystemdNotifier systemd) throws InterruptedException {
        Logger log = LoggerFactory.getLogger(DaemonCommand.class);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Hangup.handle(daemon::reload);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "shutdown"));
        systemd.ready();
        end.await();
        systemd.stopping();
        log.info("stopping");
        daemon.close();
        Logging.stop();
        closed.countDown();
        return 0;
    }
}
