package io.keywane.daemon;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

import static java.util.Objects.requireNonNull;

/**
 * Logging of this process: to the standard error, and nothing passes without the {@link LiveKeyMask}.
 *
 * <p>Lines are handed to a thread of their own: where the reader of the log stands still, lines are lost and the daemon
 * goes on. {@link #stop()} writes what is left.
 */
public final class Logging {
    private static final LiveKeyMask LIVE_KEYS = new LiveKeyMask();
    private static final int LINES_WAITING = 8_192;
    /** Libraries whose news are of no use to operators, unless something is wrong. */
    private static final List<String> CHATTY = List.of("org.eclipse.jetty", "org.quartz", "org.flywaydb", "org.jdbi",
            "io.micrometer", "org.sqlite", "software.amazon.awssdk");
    /** They would show requests with their headers. */
    private static final List<String> NEVER = List.of("jdk.httpclient", "jdk.internal.httpclient", "sun.net.www");

    private Logging() {}

    /** The keys that are masked in this process' log; feed it every value that is read or taken in. */
    public static LiveKeyMask liveKeys() {
        return LIVE_KEYS;
    }

    /**
     * Sets up the log of the daemon; may be called again on a reload.
     *
     * @param format {@code text} or {@code json}
     * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
     * @throws IllegalArgumentException for another format or level
     */
    public static void configure(String format, String level) {
        configure((LoggerContext) LoggerFactory.getILoggerFactory(), LogFormat.of(format), level(level),
                new OpenOutput(System.err), JournalStream.isStandardError(System.getenv()), true);
        JavaUtilLogging.redirect();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LoggerFactory.getLogger(Logging.class)
                .error("thread {} ended by an exception", thread.getName(), failure));
    }

    /** Writes the lines that wait and ends logging; the last thing that a process does. */
    public static void stop() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    static void configure(LoggerContext context, LogFormat format, Level level, OutputStream output,
            boolean toJournal, boolean inBackground) {
        context.reset();
        MaskingEncoder encoder = new MaskingEncoder(format, LIVE_KEYS, toJournal);
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> lines = new OutputStreamAppender<>();
        lines.setContext(context);
        lines.setName("lines");
        lines.setEncoder(encoder);
        lines.setOutputStream(output);
        lines.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(inBackground ? inBackground(context, lines) : lines);
        CHATTY.forEach(
                name -> context.getLogger(name).setLevel(Level.WARN.isGreaterOrEqual(level) ? Level.WARN : level));
        NEVER.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }

    static Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warn" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            default -> throw new IllegalArgumentException("log level \"" + word
                    + "\" must be error, warn, info or debug");
        };
    }

    private static Appender<ILoggingEvent> inBackground(LoggerContext context, Appender<ILoggingEvent> lines) {
        AsyncAppender background = new AsyncAppender();
        background.setContext(context);
        background.setName("background");
        background.setQueueSize(LINES_WAITING);
        background.setDiscardingThreshold(0);
        background.setNeverBlock(true);
        background.addAppender(requireNonNull(lines, "lines is null"));
        background.start();
        return background;
    }
}
