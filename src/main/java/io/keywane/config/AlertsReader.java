package io.keywane.config;

import io.keywane.alert.AlertThresholds;
import io.keywane.alert.MessageTemplate;
import io.keywane.engine.AlertSettings;
import io.keywane.engine.PushSettings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads {@code alerts}. */
final class AlertsReader {
    private AlertsReader() {}

    static Field<AlertSettings> read(YamlSection section) {
        Field<Double> saturation = section.number("saturation").or(0.8);
        Field<Integer> staleIntervals = section.count("stale_intervals").or(3);
        Field<Duration> stuck = section.duration("rotation_stuck").or(Duration.ofHours(1));
        Field<Duration> pending = section.duration("revocation_pending").or(Duration.ofDays(7));
        Field<Duration> calm = section.duration("calm").or(Duration.ofMinutes(10));
        Field<PushSettings> push = push(section.section("push"));
        return section.build(() -> new AlertSettings(
                new AlertThresholds(saturation.get(), staleIntervals.get(), stuck.get(), pending.get()), calm.get(),
                push.get()));
    }

    private static Field<PushSettings> push(YamlSection section) {
        Field<List<String>> members = section.texts("alertmanagers", text -> member(text).toString()).or(List.of());
        Field<MessageTemplate> template = section.text("template", text -> new MessageTemplate(text))
                .or(MessageTemplate.DEFAULT);
        Field<Path> webhook = SecretFile.optional(section, "webhook", "webhook's address");
        Field<Path> heartbeat = SecretFile.optional(section, "heartbeat", "heartbeat's address");
        return section.build(() -> new PushSettings(members.get().stream().map(URI::create).toList(),
                optional(webhook), template.get(), optional(heartbeat)));
    }

    private static URI member(String text) {
        URI url = Urls.of(text, "http://127.0.0.1:9093");
        PushSettings.checkMember(url);
        return url;
    }

    private static Optional<Path> optional(Field<Path> field) {
        return field.isPresent() ? Optional.of(field.get()) : Optional.empty();
    }
}
