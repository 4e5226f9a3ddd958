package io.keywane.cli;

import io.keywane.control.ControlClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the daemon is, and how long to wait for its answer. */
final class DaemonOptions {
    private static final String DEFAULT_SOCKET = "/run/keywane/control.sock";

    private final CliContext context;

    @Option(names = "--socket", paramLabel = "PATH",
            description = "The daemon's socket (default: $KEYWANE_SOCKET, else "
                    + DEFAULT_SOCKET + ").")
    private @Nullable Path socket;

    @Option(names = "--timeout", paramLabel = "DURATION", converter = Durations.class,
            description = "Longest wait for the daemon's answer (default: 60s).")
    private Duration timeout = Duration.ofSeconds(60);

    DaemonOptions(CliContext context) {
        this.context = context;
    }

    ControlClient client() {
        Path path = Optional.ofNullable(socket)
                .orElseGet(() -> Path.of(context.environment().getOrDefault("KEYWANE_SOCKET", DEFAULT_SOCKET)));
        return new ControlClient(path, timeout);
    }
}
