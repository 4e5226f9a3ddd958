package io.keywane.daemon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;

/** One event as people read it. A line break in a message cannot forge a line of its own. */
final class LogText {
    private LogText() {}

    static String of(ILoggingEvent event, boolean withTime) {
        StringBuilder text = new StringBuilder();
        if (withTime) {
            text.append(event.getInstant().truncatedTo(ChronoUnit.MILLIS)).append(' ');
        }
        text.append(event.getLevel()).append(" [").append(event.getThreadName()).append("] ")
                .append(event.getLoggerName()).append(": ").append(inOneLine(event.getFormattedMessage()));
        new TreeMap<>(event.getMDCPropertyMap()).forEach((key, value) -> pair(text, key, value));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> pair(text, pair.key, pair.value));
        }
        text.append('\n');
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            text.append(ThrowableProxyUtil.asString(failure).stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static void pair(StringBuilder text, String key, @Nullable Object value) {
        text.append(' ').append(key).append('=').append(inOneLine(String.valueOf(value)));
    }

    private static String inOneLine(@Nullable String text) {
        return text == null ? "" : text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
