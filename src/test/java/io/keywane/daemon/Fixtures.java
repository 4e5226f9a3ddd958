package io.keywane.daemon;

import io.keywane.alert.AlertThresholds;
import io.keywane.alert.MessageTemplate;
import io.keywane.engine.AlertSettings;
import io.keywane.engine.AwsSettings;
import io.keywane.engine.KeySettings;
import io.keywane.engine.ProbingSettings;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.PushSettings;
import io.keywane.engine.Settings;
import io.keywane.engine.Settings.ServiceSettings;
import io.keywane.engine.StoreName;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.rotation.QuietPolicy;
import io.keywane.rotation.RotationPolicy;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings and samples for tests of this package. */
final class Fixtures {
    static final KeyName SEARCH = new KeyName("search-production");
    static final KeyName FEED = new KeyName("feed-production");
    static final OrganisationName ACME = new OrganisationName("acme");
    static final LimiterGroup GENERAL = new LimiterGroup("general");
    static final LimiterGroup FEEDS = new LimiterGroup("feed");
    static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private Fixtures() {}

    static Settings settings(KeyName... keys) {
        return new Settings(provider(),
                Stream.of(ACME).collect(Collectors.toMap(Function.identity(),
                        name -> new Settings.OrganisationSettings(name, 1_000))),
                Arrays.stream(keys).collect(Collectors.toMap(Function.identity(), Fixtures::key)),
                new ProbingSettings(Duration.ofSeconds(60), Duration.ofMinutes(10), Duration.ofSeconds(5), 4, 16, 100,
                        0.1),
                new Settings.StorageSettings(Path.of("keys"), Path.of("kek"), Path.of("db"), Path.of("publish"),
                        Duration.ofDays(30), Duration.ofDays(400)),
                service(Path.of("control.sock"), List.of(), List.of()),
                new AlertSettings(new AlertThresholds(0.9, 3, Duration.ofHours(1), Duration.ofDays(1)),
                        Duration.ofMinutes(10), new PushSettings(List.of(), Optional.of(Path.of("webhook")),
                                MessageTemplate.DEFAULT, Optional.empty())));
    }

    /** The same with one store in AWS. */
    static Settings withStore(Settings s, StoreName name) {
        return new Settings(s.provider(), s.organisations(), s.keys(), s.probing(), s.storage(), s.service(),
                s.alerts(),
                Map.of(name, new AwsSettings("eu-central-1", Optional.empty(), new AwsSettings.Credentials.Chain(),
                        Duration.ofSeconds(5), Duration.ofSeconds(30))));
    }

    static ServiceSettings service(Path socket, List<String> readers, List<String> operators) {
        return new ServiceSettings("127.0.0.1", 0, socket, readers, operators, "text", "info");
    }

    static Sample sample(LimiterGroup group, ProbeOutcome outcome, Optional<ProbeFailure> failure, Duration took) {
        Moment sent = new Moment("boot", Duration.ofHours(1), NOON);
        return new Sample("request-1", new VersionId("0".repeat(32)), group, ProbeKind.LIVENESS, sent,
                sent.plus(took), outcome == ProbeOutcome.VALID ? 200 : 0, outcome, failure, AnswerHeaders.NONE);
    }

    static KeyMaterial material(String value) {
        return KeyMaterial.copyOf(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static KeySettings key(KeyName name) {
        return new KeySettings(name, ACME, "team-a", "live", new RotationPolicy(Optional.of(Duration.ofDays(90)), true,
                Duration.ofMinutes(5), QuietPolicy.fixed(Duration.ofHours(24)), 0.5, Duration.ofMinutes(10)),
                Optional.empty());
    }

    private static ProviderProfile provider() {
        ProviderProfile.RequestTemplate request = new ProviderProfile.RequestTemplate("GET", "/api/x");
        ProviderProfile.GroupProfile group = new ProviderProfile.GroupProfile(request, List.of());
        return new ProviderProfile(URI.create("https://api.example.com"), "X-API-Key",
                new HeaderNames(List.of("limit"), List.of("remaining"), List.of("reset"), List.of("deducted"),
                        List.of("balance"), List.of("retry-after")),
                Stream.of(GENERAL, FEEDS).collect(Collectors.toMap(Function.identity(), _ -> group)),
                new ProviderProfile.BalanceProbe(request, GENERAL, 1), request);
    }
}
