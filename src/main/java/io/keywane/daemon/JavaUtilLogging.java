package io.keywane.daemon;

import org.slf4j.LoggerFactory;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Leads what the JDK logs by itself (java.util.logging) through our log, where keys are masked, and turns the HTTP client's
 * own log off: it would show headers.
 */
final class JavaUtilLogging {
    // java.util.logging forgets loggers, and with them their level, that nobody holds.
    private static final Logger HTTP_CLIENT = Logger.getLogger("jdk.httpclient.HttpClient");

    private JavaUtilLogging() {}

    static void redirect() {
        System.clearProperty("jdk.httpclient.HttpClient.log");
        System.clearProperty("jdk.internal.httpclient.debug");
        LogManager.getLogManager().reset();
        HTTP_CLIENT.setLevel(Level.OFF);
        Logger.getLogger("").addHandler(new Bridge());
    }

    private static final class Bridge extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            if (!isLoggable(entry)) {
                return;
            }
            String name = entry.getLoggerName() == null ? "java.util.logging" : entry.getLoggerName();
            LoggerFactory.getLogger(name).atLevel(level(entry.getLevel())).setCause(entry.getThrown())
                    .log(formatter.formatMessage(entry));
        }

        @Override
        public void flush() {
            // The log behind it writes by itself.
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        private static org.slf4j.event.Level level(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return org.slf4j.event.Level.ERROR;
            }
            if (level.intValue() >= Level.WARNING.intValue()) {
                return org.slf4j.event.Level.WARN;
            }
            return level.intValue() >= Level.INFO.intValue()
                    ? org.slf4j.event.Level.INFO
                    : org.slf4j.event.Level.DEBUG;
        }
    }
}
