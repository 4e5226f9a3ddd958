package io.keywane.daemon;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * Tells systemd how the service is doing (sd_notify).
 *
 * <p>Does nothing where systemd did not ask for it ({@code NOTIFY_SOCKET} unset). A message that cannot be delivered is
 * logged and never fails the caller: systemd's own time-outs are the answer to that.
 */
public final class SystemdNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable String socket;
    private final Optional<Duration> watchdogLimit;

    private SystemdNotifier(@Nullable String socket, Optional<Duration> watchdogLimit) {
        this.socket = socket;
        this.watchdogLimit = watchdogLimit;
    }

    /** As this process' environment says. */
    public static SystemdNotifier fromEnvironment() {
        return of(System.getenv(), ProcessHandle.current().pid());
    }

    static SystemdNotifier of(Map<String, String> environment, long pid) {
        String socket = environment.get("NOTIFY_SOCKET");
        boolean isAsked = socket != null && !socket.isEmpty();
        return new SystemdNotifier(isAsked ? socket : null, watchdogLimit(environment, pid));
    }

    /** Whether systemd listens. */
    public boolean isActive() {
        return socket != null;
    }

    /**
     * How often {@link #watchdog()} is to be called: half of what systemd allows. Empty where systemd does not watch this
     * process.
     */
    public Optional<Duration> watchdogInterval() {
        return watchdogLimit.map(limit -> limit.dividedBy(2));
    }

    /** Start-up or reload is finished. */
    public void ready() {
        send("READY=1");
    }

    /** A reload begins; {@link #ready()} ends it, whether the new configuration was taken or the old one kept. */
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + LinuxNative.monotonic().toNanos() / 1_000);
    }

    /** Shutdown begins. */
    public void stopping() {
        send("STOPPING=1");
    }

    /** One line for {@code systemctl status}. */
    public void status(String line) {
        requireNonNull(line, "line is null");
        send("STATUS=" + line.replaceAll("\\p{Cntrl}+", " "));
    }

    /** The loops made progress. */
    public void watchdog() {
        send("WATCHDOG=1");
    }

    private void send(String message) {
        if (socket == null) {
            return;
        }
        try (UnixDatagram datagram = UnixDatagram.open(PATIENCE)) {
            datagram.connect(socket);
            datagram.send(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("systemd could not be told {}: {}", message, e.getMessage());
        }
    }

    private static Optional<Duration> watchdogLimit(Map<String, String> environment, long pid) {
        String microseconds = environment.get("WATCHDOG_USEC");
        String watched = environment.get("WATCHDOG_PID");
        if (microseconds == null || (watched != null && !watched.equals(Long.toString(pid)))) {
            return Optional.empty();
        }
        try {
            long value = Long.parseLong(microseconds);
            return value > 0 ? Optional.of(Duration.ofNanos(Math.multiplyExact(value, 1_000L))) : Optional.empty();
        } catch (NumberFormatException | ArithmeticException e) {
            LOG.warn("WATCHDOG_USEC is no number of microseconds; the watchdog is not served");
            return Optional.empty();
        }
    }
}
