package io.keywane.engine.sim;

import io.keywane.alert.AlertThresholds;
import io.keywane.engine.AlertSettings;
import io.keywane.engine.CalibrationSettings;
import io.keywane.engine.KeySettings;
import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.engine.ProbingSettings;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.ProviderProfile.BalanceProbe;
import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.engine.Settings;
import io.keywane.engine.Settings.OrganisationSettings;
import io.keywane.engine.Settings.ServiceSettings;
import io.keywane.engine.Settings.StorageSettings;
import io.keywane.engine.Telemetry;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.QuietPolicy;
import io.keywane.rotation.RotationPolicy;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.WindowModel;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of a run. */
final class Scenery {
    static final OrganisationName ORGANISATION = new OrganisationName("acme");
    /** Hears nothing: metrics decide nothing. */
    static final Telemetry DEAF = (Telemetry) Proxy.newProxyInstance(Scenery.class.getClassLoader(),
            new Class<?>[]{Telemetry.class}, (_, _, _) -> null);
    private static final List<LimiterGroup> GROUPS = List.of(new LimiterGroup("general"), new LimiterGroup("feed"));
    private static final double SHARE = 0.1;

    private Scenery() {}

    static List<LimiterGroup> groups(RunPlan plan) {
        return GROUPS.subList(0, plan.groups());
    }

    static Settings settings(RunPlan plan) {
        HeaderNames headers = new HeaderNames(List.of("L"), List.of("R"), List.of("S"), List.of("D"), List.of("B"),
                List.of("Retry-After"));
        Map<LimiterGroup, GroupProfile> groups = new HashMap<>();
        groups(plan).forEach(group -> groups.put(group, new GroupProfile(new RequestTemplate("GET", "/" + group),
                List.of(new WindowModel(ApiModel.LIMIT, ApiModel.WINDOW, Kind.ROLLING, Duration.ofSeconds(2), true,
                        ResetMeaning.OLDEST_PLUS_WINDOW)))));
        ProviderProfile provider = new ProviderProfile(URI.create("https://api.example"), "X-Api-Key", headers, groups,
                new BalanceProbe(new RequestTemplate("GET", "/balance"), GROUPS.getFirst(), 1),
                new RequestTemplate("GET", "/control"));
        RotationPolicy policy = new RotationPolicy(Optional.empty(), plan.approval(),
                Duration.ofSeconds(plan.delaySeconds()), QuietPolicy.fixed(Duration.ofSeconds(plan.quietSeconds())),
                0.5, Duration.ofMinutes(1));
        Map<KeyName, KeySettings> keys = new HashMap<>();
        for (int i = 0; i < plan.keys(); i++) {
            KeyName name = new KeyName("key-" + (char) ('a' + i));
            keys.put(name, new KeySettings(name, ORGANISATION, "anna", "live", policy,
                    plan.publishes()
                            ? Optional.of(new PublishSettings("search", Optional.empty(), Optional.empty()))
                            : Optional.empty(),
                    Optional.empty(), CalibrationSettings.DEFAULT.off()));
        }
        return new Settings(provider, Map.of(ORGANISATION, new OrganisationSettings(ORGANISATION, 100)), keys,
                new ProbingSettings(Run.INTERVAL, Duration.ofMinutes(2), Duration.ofSeconds(5), 1, 4, Run.CREDITS,
                        SHARE),
                new StorageSettings(Path.of("keys"), Path.of("kek"), Path.of("state.db"), Path.of("published"),
                        Duration.ofDays(30), Duration.ofDays(400)),
                new ServiceSettings("127.0.0.1", 0, Path.of("socket"), List.of(), List.of(), "text", "info"),
                new AlertSettings(new AlertThresholds(0.9, 3, Duration.ofHours(1), Duration.ofHours(1)),
                        Duration.ofMinutes(10)));
    }
}
