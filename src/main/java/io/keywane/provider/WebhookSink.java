package io.keywane.provider;

import io.keywane.alert.MessageTemplate;
import io.keywane.alert.Notice;
import io.keywane.engine.AlertSink;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * A webhook that takes {@code {"text": ...}}, as Slack's and many others' do: one message for each round, one line for each
 * begin or end of an alert. The address is read from its file each time, so that it can be replaced.
 */
public final class WebhookSink implements AlertSink {
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final Path file;
    private final MessageTemplate template;
    private final Posting posting = new Posting();

    /**
     * A webhook that was not told of anything yet.
     *
     * @param file holds the address, which is a secret
     */
    public WebhookSink(String name, Path file, MessageTemplate template) {
        this.name = requireNonNull(name, "name is null");
        this.file = requireNonNull(file, "file is null");
        this.template = requireNonNull(template, "template is null");
    }

    @Override
    public String name() {
        return name;
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
        return template.fill(notice, WebhookSink::harmless);
    }

    /** In these messages {@code <...>} is a command, such as to call everybody. */
    private static String harmless(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @SuppressWarnings("UnusedException") // its text may hold the address
    static URI address(Path file) throws IOException {
        try {
            URI url = URI.create(Files.readString(file).strip());
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null) {
                throw new IOException("the file " + file + " holds no http or https address");
            }
            return url;
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + file + " holds no http or https address");
        }
    }
}
