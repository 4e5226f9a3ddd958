package io.keywane.config;

import io.keywane.engine.ProviderProfile;
import io.keywane.engine.ProviderProfile.BalanceProbe;
import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The profile that is built in: Jobo's API as its public pages describe it. No window is declared, since the published
 * figures have changed over time and do not tell how the windows count; without a declaration nothing is claimed.
 */
public final class JoboProfile {
    /** What the profile is called. */
    public static final String NAME = "jobo";
    /** No job has this id; asking for it costs nothing. */
    private static final String MISSING = "/api/jobs/00000000-0000-0000-0000-000000000000";
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final LimiterGroup FEED = new LimiterGroup("feed");

    private JoboProfile() {}

    /** The profile as it is built in. */
    public static ProviderProfile profile() {
        return new ProviderProfile(URI.create("https://connect.jobo.world"), "X-Api-Key", headers(),
                Map.of(GENERAL, new GroupProfile(get("/api/connectors/filters"), List.of(), Optional.of(get(MISSING))),
                        FEED, group("/api/jobs/expired?limit=1")),
                new BalanceProbe(get("/api/jobs?page_size=1"), GENERAL, 1), get("/api/companies/1"));
    }

    /** What a profile has changed against the built-in one, as dotted paths of the file; empty if nothing. */
    public static List<String> overridden(ProviderProfile profile) {
        ProviderProfile builtIn = profile();
        List<String> changed = new ArrayList<>();
        note(changed, "base_url", builtIn.baseUrl(), profile.baseUrl());
        note(changed, "key_header", builtIn.keyHeader(), profile.keyHeader());
        note(changed, "headers", builtIn.headers(), profile.headers());
        new TreeMap<>(profile.groups()).forEach((name, group) -> {
            if (!group.equals(builtIn.groups().get(name))) {
                changed.add("provider.groups." + name);
            }
        });
        note(changed, "balance", builtIn.balance(), profile.balance());
        note(changed, "control", builtIn.control(), profile.control());
        return List.copyOf(changed);
    }

    private static void note(List<String> changed, String field, Object builtIn, Object configured) {
        if (!builtIn.equals(configured)) {
            changed.add("provider." + field);
        }
    }

    private static HeaderNames headers() {
        return new HeaderNames(List.of("X-RateLimit-Limit"), List.of("X-RateLimit-Remaining"),
                List.of("X-RateLimit-Reset"), List.of("X-Credits-Deducted", "X-Credits-Used"),
                List.of("X-Credits-Balance", "X-Credits-Remaining"), List.of("Retry-After"));
    }

    private static GroupProfile group(String path) {
        return new GroupProfile(get(path), List.of());
    }

    private static RequestTemplate get(String path) {
        return new RequestTemplate("GET", path);
    }
}
