package io.keywane.config;

import io.keywane.engine.Settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * What a valid configuration file says, in a few words: for those who check a file and run nothing.
 *
 * @param organisations names of the organisations, sorted
 * @param keys names of the managed keys, sorted
 * @param baseUrl the API that would be probed
 */
public record ConfigSummary(List<String> organisations, List<String> keys, String baseUrl) {
    public ConfigSummary {
        organisations = List.copyOf(organisations);
        keys = List.copyOf(keys);
        requireNonNull(baseUrl, "baseUrl is null");
    }

    /**
     * Loads a file as the daemon would.
     *
     * @throws ConfigException with everything that is wrong with the file
     */
    public static ConfigSummary of(Path file, Map<String, String> environment) throws ConfigException {
        Settings settings = new ConfigLoader(environment).load(file);
        return new ConfigSummary(settings.organisations().keySet().stream().map(Object::toString).sorted().toList(),
                settings.keys().keySet().stream().map(Object::toString).sorted().toList(),
                settings.provider().baseUrl().toString());
    }
}
