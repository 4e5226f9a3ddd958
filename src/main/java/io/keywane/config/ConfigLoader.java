package io.keywane.config;

import io.keywane.engine.Settings;
import org.snakeyaml.engine.v2.nodes.Node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the configuration file strictly: an unknown, duplicate, missing or ill-typed field is an error, and so is a secret
 * that stands in the file. All problems are reported at once, each with its line and column.
 */
public final class ConfigLoader {
    private final Map<String, String> environment;

    /**
     * @param environment the environment of the process; only {@code CREDENTIALS_DIRECTORY} is read, to find the folder of
     *     systemd's credentials
     */
    public ConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Loads a file. Relative paths in it start from its folder.
     *
     * @throws ConfigException with everything that is wrong with the file
     */
    public Settings load(Path file) throws ConfigException {
        return load(file, new Declarations());
    }

    Settings load(Path file, Declarations declarations) throws ConfigException {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
        Problems problems = new Problems();
        Optional<Node> root = YamlSource.read(absolute, problems);
        Reading reading = new Reading(problems, declarations, folder, environment);
        Field<Settings> settings = root.map(node -> SettingsReader.read(YamlSection.root(reading, node)))
                .orElse(Field.broken());
        if (!problems.isEmpty()) {
            throw new ConfigException(file, problems.all());
        }
        return settings.get();
    }
}
