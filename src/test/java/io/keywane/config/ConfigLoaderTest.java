package io.keywane.config;

import io.keywane.engine.KeySettings;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.engine.Settings;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.WindowModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfigLoaderTest {
    private static final String MINIMAL = """
            organisations:
              acme:
            keys:
              search-production: {organisation: acme, owner: team-search}
            storage:
              key_encryption_key: {file: kek}
            """;
    @TempDir
    private Path folder;

    @Test
    void load_minimalFile_hasSensibleDefaults() throws Exception {
        Settings settings = load(MINIMAL);
        assertThat(settings.provider()).isEqualTo(JoboProfile.profile());
        assertThat(requireNonNull(settings.organisations().get(new OrganisationName("acme"))).creditsLow())
                .isEqualTo(500);
        KeySettings key = requireNonNull(settings.keys().get(new KeyName("search-production")));
        assertThat(key.environment()).isEqualTo("live");
        assertThat(key.publish()).isEmpty();
        assertThat(key.rotation().approvalRequired()).isTrue();
        assertThat(settings.service().httpHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void load_relativePaths_startFromTheFolderOfTheFile() throws Exception {
        Settings settings = load(MINIMAL + "  keys: ../keys\n  database: state/keywane.db\n");
        assertThat(settings.storage().keyEncryptionKey()).isEqualTo(folder.resolve("kek"));
        assertThat(settings.storage().keyDirectory()).isEqualTo(requireNonNull(folder.getParent()).resolve("keys"));
        assertThat(settings.storage().database()).isEqualTo(folder.resolve("state/keywane.db"));
    }

    @Test
    void load_credential_liesInTheFolderThatTheEnvironmentNames() throws Exception {
        Path file = write(MINIMAL.replace("{file: kek}", "{credential: keywane.kek}"));
        Settings settings = new ConfigLoader(Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/keywane.service"))
                .load(file);
        assertThat(settings.storage().keyEncryptionKey())
                .isEqualTo(Path.of("/run/credentials/keywane.service/keywane.kek"));
    }

    @Test
    void load_partOfAGroup_keepsTheRestOfTheBuiltInGroup() throws Exception {
        ProviderProfile profile = load(MINIMAL + """
                provider:
                  base_url: http://127.0.0.1:8080/
                  headers: {limit: [RateLimit-Limit, X-RateLimit-Limit]}
                  groups:
                    feed:
                      windows: [{limit: 120, length: 20s, kind: rolling, remaining_counts_answered: false}]
                    premium: {liveness: GET /api/premium}
                """).provider();
        LimiterGroup feed = new LimiterGroup("feed");
        assertThat(profile.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(profile.headers().limit()).containsExactly("RateLimit-Limit", "X-RateLimit-Limit");
        assertThat(profile.headers().remaining()).containsExactly("X-RateLimit-Remaining");
        assertThat(requireNonNull(profile.groups().get(feed)).liveness())
                .isEqualTo(new RequestTemplate("GET", "/api/jobs/expired?limit=1"));
        assertThat(profile.windows(feed)).extracting(WindowModel::limit).contains(120L);
        assertThat(profile.groupNames()).extracting(LimiterGroup::value).containsExactly("feed", "general", "premium");
        assertThat(JoboProfile.overridden(profile)).containsExactly("provider.base_url", "provider.headers",
                "provider.groups.feed", "provider.groups.premium");
    }

    @Test
    void load_rotationOfAKey_overridesTheDefaultsOfTheFile() throws Exception {
        Settings settings = load(MINIMAL.replace("owner: team-search}",
                "owner: team-search, rotation: {max_age: never, quiet_period: 1h30m}}") + """
                        rotation: {approval: automatic, quiet_period: 45m}
                        """);
        KeySettings key = requireNonNull(settings.keys().get(new KeyName("search-production")));
        assertThat(key.rotation().maxAge()).isEmpty();
        assertThat(key.rotation().approvalRequired()).isFalse();
        assertThat(key.rotation().quiet().floor()).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void load_shortIntervalWithoutTimeout_takesHalfOfIt() throws Exception {
        assertThat(load(MINIMAL + "probing: {interval: 3s}").probing().timeout()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void load_ipv6Address_losesItsBrackets() throws Exception {
        Settings.ServiceSettings service = load(MINIMAL + "service: {http: \"[::1]:0\", readers: watch}").service();
        assertThat(service.httpHost()).isEqualTo("::1");
        assertThat(service.httpPort()).isZero();
        assertThat(service.readerGroups()).containsExactly("watch");
    }

    @Test
    void load_severalMistakes_areReportedTogetherInOrder() throws Exception {
        List<ConfigProblem> problems = failure("""
                organisations:
                  acme: {credit_low: 1}
                keys:
                  search-production: {organisation: acme}
                probing: {interval: 5, shards: many}
                storage:
                  password: hunter2
                """).problems();
        assertThat(problems).extracting(ConfigProblem::path).containsExactly("organisations.acme.credit_low",
                "keys.search-production.owner", "probing.interval", "probing.shards", "storage.key_encryption_key",
                "storage.password");
        assertThat(problems).extracting(ConfigProblem::line).containsExactly(2, 4, 5, 5, 6, 7);
    }

    @Test
    void load_missingFile_saysSo() {
        Path file = folder.resolve("none.yaml");
        ConfigException failure = catchThrowableOfType(ConfigException.class,
                () -> new ConfigLoader(Map.of()).load(file));
        assertThat(failure).hasMessage(file + ": does not exist");
        assertThat(failure.file()).isEqualTo(file);
    }

    @Test
    void load_folder_saysSo() {
        ConfigException failure = catchThrowableOfType(ConfigException.class,
                () -> new ConfigLoader(Map.of()).load(folder));
        assertThat(failure).hasMessage(folder + ": is a folder, not a file");
    }

    @Test
    void load_recursiveAlias_endsWithAProblem() throws Exception {
        assertThat(failure(MINIMAL + "alerts: &loop {spike: *loop}\n").problems()).isNotEmpty();
    }

    @Test
    void load_manyNestedAliases_doNotExplode() throws Exception {
        StringBuilder bomb = new StringBuilder(MINIMAL).append("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(failure(bomb.toString()).problems()).isNotEmpty();
    }

    private Settings load(String yaml) throws ConfigException, IOException {
        return new ConfigLoader(Map.of()).load(write(yaml));
    }

    private ConfigException failure(String yaml) throws IOException {
        Path file = write(yaml);
        return catchThrowableOfType(ConfigException.class, () -> new ConfigLoader(Map.of()).load(file));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("keywane.yaml"), yaml);
    }
}
