package io.keywane.config;

import io.keywane.engine.BaseUrl;
import io.keywane.engine.ProviderProfile;
import io.keywane.engine.ProviderProfile.BalanceProbe;
import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code provider}; what it lacks is taken from the built-in profile, field by field. */
final class ProviderReader {
    private static final ProviderProfile BUILT_IN = JoboProfile.profile();

    private ProviderReader() {}

    static Field<ProviderProfile> read(YamlSection section) {
        Field<URI> baseUrl = section.text("base_url", ProviderReader::baseUrl).or(BUILT_IN.baseUrl());
        Field<String> keyHeader = section.text("key_header", HeaderFields::keyHeader).or(BUILT_IN.keyHeader());
        Field<HeaderNames> headers = HeaderFields.read(section.section("headers"), BUILT_IN.headers());
        Field<Map<LimiterGroup, GroupProfile>> groups = section
                .entries("groups", LimiterGroup::new, GroupReader::read).or(Map.of());
        Field<BalanceProbe> balance = balance(section.section("balance"));
        Field<RequestTemplate> control = section.text("control", Requests::parse).or(BUILT_IN.control());
        return section.build(() -> new ProviderProfile(baseUrl.get(), keyHeader.get(), headers.get(),
                merged(groups.get()), balance.get(), control.get()));
    }

    private static Map<LimiterGroup, GroupProfile> merged(Map<LimiterGroup, GroupProfile> configured) {
        Map<LimiterGroup, GroupProfile> all = new TreeMap<>(BUILT_IN.groups());
        all.putAll(configured);
        return all;
    }

    private static Field<BalanceProbe> balance(YamlSection section) {
        Field<RequestTemplate> request = section.text("request", Requests::parse).or(BUILT_IN.balance().request());
        Field<LimiterGroup> group = section.text("group", LimiterGroup::new).or(BUILT_IN.balance().group());
        Field<Long> credits = section.integer("credits").or(BUILT_IN.balance().credits());
        return section.build(() -> new BalanceProbe(request.get(), group.get(), credits.get()));
    }

    /** The URL by the rules of {@link BaseUrl}, without the slash that may end it. */
    private static URI baseUrl(String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            BaseUrl.check(url);
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URL, as in " + BUILT_IN.baseUrl(), e);
        }
    }
}
