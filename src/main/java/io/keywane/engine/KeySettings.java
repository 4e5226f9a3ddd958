package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.RotationPolicy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One managed key.
 *
 * @param owner who is asked about it
 * @param environment the environment it is for ({@code live}, {@code test}, ...), free text
 * @param publish where its current value is published on this host, if it is
 * @param store where it is kept; empty: in the embedded file store
 * @param calibration whether and how far a new key is measured before it is promoted
 * @param intake where a rotation takes its new key from by itself; empty: a person supplies it
 */
public record KeySettings(
        KeyName name,
        OrganisationName organisation,
        String owner,
        String environment,
        RotationPolicy rotation,
        Optional<PublishSettings> publish,
        Optional<StoreReference> store,
        CalibrationSettings calibration,
        Optional<IntakeSettings> intake) {
    public KeySettings {
        requireNonNull(name, "name is null");
        requireNonNull(organisation, "organisation is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(environment, "environment is null");
        requireNonNull(rotation, "rotation is null");
        requireNonNull(publish, "publish is null");
        requireNonNull(store, "store is null");
        requireNonNull(calibration, "calibration is null");
        requireNonNull(intake, "intake is null");
    }

    /** A key whose new values persons supply. */
    public KeySettings(
            KeyName name,
            OrganisationName organisation,
            String owner,
            String environment,
            RotationPolicy rotation,
            Optional<PublishSettings> publish,
            Optional<StoreReference> store,
            CalibrationSettings calibration) {
        this(name, organisation, owner, environment, rotation, publish, store, calibration, Optional.empty());
    }

    /** A key in the embedded file store, calibrated as by default. */
    public KeySettings(
            KeyName name,
            OrganisationName organisation,
            String owner,
            String environment,
            RotationPolicy rotation,
            Optional<PublishSettings> publish) {
        this(name, organisation, owner, environment, rotation, publish, Optional.empty(),
                CalibrationSettings.DEFAULT);
    }

    /** The store that it is kept in. */
    public StoreName storeName() {
        return store.map(StoreReference::store).orElse(StoreName.FILE);
    }

    /**
     * How a key is published: a file in the publish directory.
     *
     * @param file the file's name, relative, without {@code ..}; may have one folder before it
     * @param variable if given, the file holds {@code VARIABLE=key}, as systemd's EnvironmentFile= reads it; else the
     *     bare key
     * @param group the file's group, if it is to differ from the daemon's
     * @param tell the command that tells consumers after each publication, if there is one
     */
    public record PublishSettings(
            String file, Optional<String> variable, Optional<String> group, Optional<TellSettings> tell) {
        public PublishSettings {
            requireNonNull(file, "file is null");
            requireNonNull(variable, "variable is null");
            requireNonNull(group, "group is null");
            requireNonNull(tell, "tell is null");
            if (!file.matches("([A-Za-z0-9_-][A-Za-z0-9._-]*/)?[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
                throw new IllegalArgumentException("file \"" + file
                        + "\" must be a plain name, or a folder and a name, inside the publish directory");
            }
            variable.filter(name -> !name.matches("[A-Za-z_][A-Za-z0-9_]*")).ifPresent(name -> {
                throw new IllegalArgumentException("variable \"" + name + "\" is no name of an environment variable");
            });
        }

        /** Where consumers watch the file themselves. */
        public PublishSettings(String file, Optional<String> variable, Optional<String> group) {
            this(file, variable, group, Optional.empty());
        }
    }

    /**
     * A command that tells consumers that a key was published.
     *
     * @param command the program, as an absolute path, and its arguments; none of them a secret
     * @param timeout how long it may take; then it is killed
     */
    public record TellSettings(List<String> command, Duration timeout) {
        private static final Duration LONGEST = Duration.ofMinutes(10);

        public TellSettings {
            command = List.copyOf(command);
            requireNonNull(timeout, "timeout is null");
            if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
                throw new IllegalArgumentException("command must begin with the absolute path of a program");
            }
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout must be from 1s to 10m");
            }
        }
    }
}
