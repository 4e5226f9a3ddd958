package io.keywane.provider;

import static java.util.Objects.requireNonNull;

import io.keywane.alert.Alert;
import io.keywane.alert.Notice;
import io.keywane.engine.AlertSink;
import io.keywane.key.KeyName;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A webhook that takes {@code {"text": ...}}, as Slack's and many others' do: one message for each round, one line for each
 * begin or end of an alert. The address is read from its file each time, so that it can be replaced.
 */
public final class WebhookSink implements AlertSink {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final String template;
    private final Posting posting = new Posting();

    public WebhookSink(Path file, String template) {
        this.file = requireNonNull(file, "file is null");
        this.template = requireNonNull(template, "template is null");
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Style style() {
        return Style.ONCE;
    }

    @Override
    public void send(List<Notice> notices, Instant now) throws IOException {
        String text = notices.stream().map(this::line).collect(Collectors.joining("\n"));
        posting.post(address(file), JSON.writeValueAsString(Map.of("text", text)));
    }

    private String line(Notice notice) {
        Alert alert = notice.active().alert();
        Map<String, String> words = Map.of("state", notice.ended().isPresent() ? "RESOLVED" : "FIRING", "severity",
                alert.name().severity().word(), "name", alert.name().alertName(), "subject",
                alert.key().map(KeyName::value).orElse(alert.organisation().value()), "organisation",
                alert.organisation().value(), "summary", alert.summary(), "command", alert.command(), "id",
                notice.active().id().value(), "since", notice.active().since().wall().toString());
        String line = template;
        for (Map.Entry<String, String> word : words.entrySet()) {
            line = line.replace("{{" + word.getKey() + "}}", word.getValue());
        }
        return line;
    }

    @SuppressWarnings("UnusedException") // its text may hold the address
    static URI address(Path file) throws IOException {
        try {
            URI url = URI.create(Files.readString(file).strip());
            if (url.getHost() == null || url.getScheme() == null || !url.getScheme().startsWith("http")) {
                throw new IOException("the file " + file + " holds no http or https address");
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + file + " holds no http or https address");
        }
    }
}
