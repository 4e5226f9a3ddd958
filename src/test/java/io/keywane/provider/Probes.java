package io.keywane.provider;

import io.keywane.engine.HostClock;
import io.keywane.engine.ProbeCall;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.ProviderProfile.BalanceProbe;
import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.Sample;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What tests of the probe client share. */
final class Probes {
    static final String CANARY = "jbe_live_CANARYcanaryCANARYcan_CANARYcanaryCANARYcanaryCANARYcanaryCANARYca";
    static final LimiterGroup GENERAL = new LimiterGroup("general");
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");

    private Probes() {}

    static KeyMaterial key(String value) {
        return KeyMaterial.copyOf(value.getBytes(StandardCharsets.US_ASCII));
    }

    static ProviderProfile profile(URI baseUrl) {
        return profile(baseUrl, "X-Api-Key", "GET");
    }

    static ProviderProfile profile(URI baseUrl, String keyHeader, String method) {
        HeaderNames headers = new HeaderNames(List.of("X-RateLimit-Limit"), List.of("X-RateLimit-Remaining"),
                List.of("X-RateLimit-Reset"), List.of("X-Credits-Deducted"), List.of("X-Credits-Balance"),
                List.of("Retry-After"));
        GroupProfile general = new GroupProfile(new RequestTemplate(method, "/live?limit=1"), List.of());
        return new ProviderProfile(baseUrl, keyHeader, headers, Map.of(GENERAL, general),
                new BalanceProbe(new RequestTemplate("GET", "/balance"), GENERAL, 1),
                new RequestTemplate("GET", "/control"));
    }

    static HttpProbeClient client(URI baseUrl) {
        return new HttpProbeClient(profile(baseUrl), TIMEOUT, clock());
    }

    static Sample probe(URI baseUrl) {
        return client(baseUrl).probe(call(ProbeKind.LIVENESS), key(CANARY));
    }

    static ProbeCall call(ProbeKind kind) {
        return new ProbeCall(OwnRequest.opened("request-1", VERSION, GENERAL, clock().now()), kind);
    }

    static HostClock clock() {
        return () -> new Moment("boot", Duration.ofNanos(System.nanoTime()), Instant.now());
    }
}
