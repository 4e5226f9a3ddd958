package io.keywane.control;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is running.
 *
 * @param product its version
 * @param java the Java runtime's version
 * @param pid the daemon's process id
 * @param started when the daemon started
 * @param configuration path of the configuration file
 * @param configurationLoaded when the configuration in force was loaded
 * @param lastReloadError why the last reload was refused, if it was
 */
public record VersionInfo(
        String product,
        String java,
        long pid,
        Instant started,
        String configuration,
        Instant configurationLoaded,
        Optional<String> lastReloadError) implements ControlResult {
    public VersionInfo {
        requireNonNull(product, "product is null");
        requireNonNull(java, "java is null");
        requireNonNull(started, "started is null");
        requireNonNull(configuration, "configuration is null");
        requireNonNull(configurationLoaded, "configurationLoaded is null");
        requireNonNull(lastReloadError, "lastReloadError is null");
    }
}
