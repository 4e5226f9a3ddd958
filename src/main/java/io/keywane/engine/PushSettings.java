package io.keywane.engine;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * To where alerts are pushed; by default to nowhere, since Prometheus takes them from the metrics.
 *
 * @param alertmanagers all members of the Alertmanager cluster: their base URLs
 * @param webhook file with the URL to which messages are posted as Slack's webhooks take them; it is a secret
 * @param template the message, with words in double braces
 * @param heartbeat file with the URL that is asked for every minute while the daemon makes progress; it is a secret
 */
public record PushSettings(
        List<URI> alertmanagers, Optional<Path> webhook, String template, Optional<Path> heartbeat) {
    public static final String TEMPLATE = "{{state}} {{severity}} {{name}} ({{subject}}): {{summary}}. Type: {{command}} [{{id}}]";
    public static final PushSettings NONE = new PushSettings(List.of(), Optional.empty(), TEMPLATE, Optional.empty());

    public PushSettings {
        alertmanagers = List.copyOf(alertmanagers);
        requireNonNull(webhook, "webhook is null");
        requireNonNull(template, "template is null");
        requireNonNull(heartbeat, "heartbeat is null");
        for (URI url : alertmanagers) {
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
                throw new IllegalArgumentException("alertmanager " + url
                        + " must be http:// or https:// with a host, and without a password");
            }
        }
        if (template.isBlank()) {
            throw new IllegalArgumentException("template must not be empty");
        }
    }

    public boolean isOff() {
        return alertmanagers.isEmpty() && webhook.isEmpty() && heartbeat.isEmpty();
    }
}
