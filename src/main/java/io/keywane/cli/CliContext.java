package io.keywane.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * All that a command has of the world around it: streams, environment, terminal, clock.
 *
 * @param out data, and nothing else
 * @param err everything else
 * @param in where {@code --stdin} reads
 * @param environment for {@code KEYWANE_SOCKET} and {@code NO_COLOR}
 * @param terminal where a person can be asked
 * @param clock for ages
 * @param pollInterval how often a watched rotation is looked at
 */
public record CliContext(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Map<String, String> environment,
        Terminal terminal,
        InstantSource clock,
        Duration pollInterval) {
    public CliContext {
        requireNonNull(out, "out is null");
        requireNonNull(err, "err is null");
        requireNonNull(in, "in is null");
        environment = Map.copyOf(environment);
        requireNonNull(terminal, "terminal is null");
        requireNonNull(clock, "clock is null");
        requireNonNull(pollInterval, "pollInterval is null");
    }

    /** This process' own. Output is UTF-8 whatever the locale says, since JSON must be. */
    public static CliContext ofProcess() {
        return new CliContext(new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8), System.in, System.getenv(),
                Terminal.ofProcess(), InstantSource.system(), Duration.ofSeconds(1));
    }

    /** Whether colours are wanted: at a terminal, unless NO_COLOR says otherwise. */
    boolean colour() {
        return terminal.isPresent() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** How text is written for this reader. */
    Style style() {
        return new Style(clock.instant(), colour());
    }
}
