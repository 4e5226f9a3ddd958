package io.keywane.config;

import io.keywane.engine.PushSettings;
import io.keywane.engine.Settings;
import io.keywane.key.KeyName;
import io.keywane.rotation.RotationPolicy;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.WindowModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Holds the example and the schema in {@code config} to what the loader knows. */
class ExampleConfigTest {
    private static final Path EXAMPLE = Path.of("config/keywane.yaml");

    @TempDir
    private Path folder;

    @Test
    void example_asShipped_loads() throws ConfigException {
        Settings settings = new ConfigLoader(Map.of()).load(EXAMPLE);
        assertThat(rotation(settings, "search-production").maxAge())
                .contains(Duration.ofDays(60));
        assertThat(rotation(settings, "reports-production").maxAge())
                .contains(Duration.ofDays(90));
        assertThat(settings.provider().windows(new LimiterGroup("general"))).contains(new WindowModel(360,
                Duration.ofMinutes(1), WindowModel.Kind.ROLLING, Duration.ofSeconds(1), true,
                WindowModel.ResetMeaning.NOW_PLUS_WINDOW));
    }

    @Test
    void example_shownDefaults_areTheDefaults() throws ConfigException {
        Settings example = new ConfigLoader(Map.of()).load(EXAMPLE);
        Settings minimal = new ConfigLoader(Map.of()).load(Path.of("src/test/resources/config/minimal.yaml"));
        assertThat(example.probing()).isEqualTo(minimal.probing());
        assertThat(example.service()).isEqualTo(minimal.service());
        assertThat(example.alerts()).usingRecursiveComparison().ignoringFields("push").isEqualTo(minimal.alerts());
        assertThat(minimal.alerts().push()).isEqualTo(PushSettings.NONE);
        assertThat(example.alerts().push().template()).isEqualTo(minimal.alerts().push().template());
        assertThat(example.storage()).usingRecursiveComparison().ignoringFields("keyEncryptionKey")
                .isEqualTo(minimal.storage());
        assertThat(rotation(example, "reports-production"))
                .isEqualTo(rotation(minimal, "search-production"));
        assertThat(JoboProfile.overridden(example.provider())).containsExactly("provider.groups.general");
        assertThat(JoboProfile.overridden(minimal.provider())).isEmpty();
    }

    @Test
    void example_everyFieldOfTheLoader_occurs() throws ConfigException, IOException {
        String text = Files.readString(EXAMPLE);
        Set<String> lacking = new TreeSet<>();
        declarations().fields().keySet().forEach(field -> {
            String name = field.substring(field.lastIndexOf('.') + 1);
            if (!text.matches("(?s).*\\b" + name + ":.*")) {
                lacking.add(field);
            }
        });
        assertThat(declarations().fields()).hasSizeGreaterThan(60);
        assertThat(lacking).isEmpty();
    }

    @Test
    void schema_asShipped_isWhatTheLoaderKnows() throws ConfigException, IOException {
        String expected = schema();
        Path written = Path.of("target/keywane.schema.json");
        Files.writeString(written, expected);
        assertThat(Path.of("config/keywane.schema.json")).as("if the new one is meant, copy " + written + " over it")
                .hasContent(expected);
    }

    @Test
    void page_ofEveryField_isMadeFromTheSchema() throws ConfigException, IOException {
        String expected = ConfigureWriter.write(JsonMapper.shared().readTree(schema()));
        Path written = Path.of("target/configure.md");
        Files.writeString(written, expected);
        assertThat(Path.of("docs/configure.md")).as("if the new one is meant, copy " + written + " over it")
                .hasContent(expected);
    }

    @Test
    void meanings_eachField_haveOneAndNoOther() throws ConfigException, IOException {
        Set<String> known = declarations().fields().keySet();

        assertThat(new Meanings().fields()).isSubsetOf(known);
        known.forEach(field -> assertThat(meanings(field)).as(field).isNotBlank());
    }

    private static String meanings(String field) {
        try {
            return new Meanings().of(field);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the loader takes when the field is not there, found by leaving it out. */
    @Test
    void defaults_ofSomeFields_areThoseOfTheLoader() throws ConfigException, IOException {
        Map<String, JsonNode> defaults = defaults();

        assertThat(defaults.get("rotation.quiet_period")).hasToString("\"30m\"");
        assertThat(defaults.get("probing.shards")).hasToString("4");
        assertThat(defaults.get("service.operators")).hasToString("[\"keywane\"]");
        assertThat(defaults.get("stores.*.?vault.mount")).hasToString("\"secret\"");
        assertThat(defaults).doesNotContainKeys("keys.*.organisation", "keys.*.rotation.max_age",
                "keys.*.store.custody", "alerts.push.alertmanagers", "storage.key_encryption_key.file");
    }

    private String schema() throws ConfigException, IOException {
        return SchemaWriter.write(declarations(), new Meanings(), defaults());
    }

    private Map<String, JsonNode> defaults() throws ConfigException, IOException {
        return Defaults.of(EXAMPLE, declarations().fields().keySet(), folder);
    }

    private static RotationPolicy rotation(Settings settings, String key) {
        return requireNonNull(settings.keys().get(new KeyName(key))).rotation();
    }

    private static Declarations declarations() throws ConfigException {
        Declarations declarations = new Declarations();
        new ConfigLoader(Map.of()).load(EXAMPLE, declarations);
        return declarations;
    }
}
