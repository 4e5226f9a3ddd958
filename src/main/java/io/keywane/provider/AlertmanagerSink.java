package io.keywane.provider;

import io.keywane.alert.ActiveAlert;
import io.keywane.alert.Alert;
import io.keywane.alert.Notice;
import io.keywane.engine.AlertPush;
import io.keywane.engine.AlertSink;
import io.keywane.key.KeyName;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * One member of an Alertmanager cluster, by its API version 2. Each alert is said to end four resends from now, so that of a
 * dead daemon nothing is left there.
 */
public final class AlertmanagerSink implements AlertSink {
    private static final int LIVES = 4;
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final URI alerts;
    private final Posting posting = new Posting();

    /**
     * A member that was not told of anything yet.
     *
     * @param base the member's base URL
     */
    public AlertmanagerSink(String name, URI base) {
        this.name = requireNonNull(name, "name is null");
        String text = base.toString();
        this.alerts = URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                + "/api/v2/alerts");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Style style() {
        return Style.REPEATED;
    }

    @Override
    public void send(List<Notice> notices, Instant now) throws IOException {
        if (notices.isEmpty()) {
            return;
        }
        List<Map<String, Object>> body = new ArrayList<>();
        notices.forEach(notice -> body.add(json(notice, now)));
        posting.post(alerts, JSON.writeValueAsString(body));
    }

    private static Map<String, Object> json(Notice notice, Instant now) {
        ActiveAlert active = notice.active();
        Alert alert = active.alert();
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", alert.name().alertName());
        labels.put("severity", alert.name().severity().word());
        labels.put("organisation", alert.organisation().value());
        labels.put("job", "keywane");
        alert.key().map(KeyName::value).ifPresent(key -> labels.put("key", key));
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", alert.summary());
        annotations.put("description", "Type: " + alert.command());
        annotations.put("id", active.id().value());
        annotations.put("runbook_url", "https://github.com/keywane/keywane/blob/main/runbooks/"
                + alert.name().alertName() + ".md");
        active.acknowledged().ifPresent(by -> annotations.put("acknowledged", by.by()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labels", labels);
        json.put("annotations", annotations);
        json.put("startsAt", active.since().wall().toString());
        json.put("endsAt", notice.ended().orElse(now.plus(AlertPush.RESEND.multipliedBy(LIVES))).toString());
        return json;
    }
}
