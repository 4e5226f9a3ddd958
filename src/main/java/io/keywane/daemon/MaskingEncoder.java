package io.keywane.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.EncoderBase;
import net.logstash.logback.encoder.LogstashEncoder;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Writes an event and masks keys in the finished text, so that it does not matter whether they came with the message, an
 * argument, the context or an exception.
 */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
    private final LogFormat format;
    private final LiveKeyMask mask;
    private final boolean toJournal;
    private final LogstashEncoder json = new LogstashEncoder();

    MaskingEncoder(LogFormat format, LiveKeyMask mask, boolean toJournal) {
        this.format = format;
        this.mask = mask;
        this.toJournal = toJournal;
    }

    @Override
    public void setContext(Context context) {
        super.setContext(context);
        json.setContext(context);
    }

    @Override
    public void start() {
        json.start();
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        json.stop();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String text = switch (format) {
            case TEXT -> LogText.of(event, !toJournal);
            case JSON -> new String(json.encode(event), StandardCharsets.UTF_8);
        };
        String masked = mask.mask(text);
        return (toJournal ? withPriority(masked, priority(event.getLevel())) : masked).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    // Each line is an entry of its own in the journal.
    private static String withPriority(String text, int priority) {
        return text.lines().map(line -> "<" + priority + ">" + line + "\n").collect(Collectors.joining());
    }

    private static int priority(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> 3;
            case Level.WARN_INT -> 4;
            case Level.INFO_INT -> 6;
            default -> 7;
        };
    }
}
