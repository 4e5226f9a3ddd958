package io.keywane.engine;

import io.keywane.alert.MessageTemplate;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * To where alerts are pushed; by default to nowhere, since Prometheus takes them from the metrics.
 *
 * @param alertmanagers all members of the Alertmanager cluster: their base URLs
 * @param webhook file with the URL to which messages are posted as Slack's webhooks take them; it is a secret
 * @param template the message
 * @param heartbeat file with the URL that is asked for every minute while the daemon makes progress; it is a secret
 */
public record PushSettings(
        List<URI> alertmanagers, Optional<Path> webhook, MessageTemplate template, Optional<Path> heartbeat) {
    public static final PushSettings NONE = new PushSettings(List.of(), Optional.empty(), MessageTemplate.DEFAULT,
            Optional.empty());

    public PushSettings {
        alertmanagers = List.copyOf(alertmanagers);
        requireNonNull(webhook, "webhook is null");
        requireNonNull(template, "template is null");
        requireNonNull(heartbeat, "heartbeat is null");
        alertmanagers.forEach(PushSettings::checkMember);
        if (new HashSet<>(alertmanagers).size() < alertmanagers.size()) {
            throw new IllegalArgumentException("alertmanagers must not name a member twice");
        }
    }

    /** Refuses what is no base URL of an Alertmanager. */
    public static void checkMember(URI url) {
        boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException("must be http:// or https:// with a host, as in http://127.0.0.1:9093");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("must not contain a user, a password, a query or a fragment");
        }
    }
}
