package io.keywane.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoggingTest {
    private static final String SHAPED = "jbe_test_LogCanary0123456789abc_Qponmlkjihgfedcba9876543210ZZYYXXWWVVUUTTSS";
    private static final String LIVE = "odd\"live/canary+value=0123456789";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("io.keywane.test");

    LoggingTest() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @EnumSource
    void keys_whereverTheyAre_areMasked(LogFormat format) {
        Logging.liveKeys().register(Fixtures.material(LIVE));
        context.getMDCAdapter().put("request", LIVE);
        Logging.configure(context, format, Level.INFO, output, false, false);
        Exception cause = new IllegalArgumentException("value " + LIVE + " and " + SHAPED);
        log.info("in the message " + SHAPED + " " + LIVE);
        log.info("as an argument {}", List.of(LIVE));
        log.atWarn().addKeyValue("header", SHAPED).addKeyValue(LIVE, "name").log("as a pair");
        log.error("in a cause", new IllegalStateException("wrapped", cause));
        log.info("encoded {}", Base64.getEncoder().encodeToString(("user:" + LIVE).getBytes(StandardCharsets.UTF_8)));
        assertThat(said()).contains("in the message", "as an argument", "as a pair", "in a cause", "encoded",
                "IllegalArgumentException", LiveKeyMask.MASK);
        assertThat(said()).doesNotContain("canary+va", "LogCanary", "9876543210", "ZZYYXXWW", "live/can", "nary+val",
                Base64.getEncoder().encodeToString(("user:" + LIVE).getBytes(StandardCharsets.UTF_8)).substring(12,
                        24));
    }

    @Test
    void json_eachLine_isAnObject() {
        Logging.liveKeys().register(Fixtures.material(LIVE));
        Logging.configure(context, LogFormat.JSON, Level.INFO, output, false, false);
        log.atInfo().addKeyValue("key", "search-production").log("two\nlines of {}", LIVE);
        log.error("failed", new IllegalStateException(LIVE));
        said().lines().forEach(line -> {
            JsonNode json = JsonMapper.shared().readTree(line);
            assertThat(json.path("logger_name").asString()).isEqualTo("io.keywane.test");
        });
        JsonNode first = JsonMapper.shared().readTree(said().lines().findFirst().orElseThrow());
        assertThat(first.path("message").asString()).isEqualTo("two\nlines of " + LiveKeyMask.MASK);
        assertThat(first.path("key").asString()).isEqualTo("search-production");
    }

    @Test
    void text_lineBreakInMessage_forgesNoLine() {
        Logging.configure(context, LogFormat.TEXT, Level.INFO, output, false, false);
        log.info("user {}", "x\n2026-11-24T12:00:00Z INFO all is well");
        assertThat(said().lines()).singleElement().asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z INFO \\[.*] io.keywane.test: user x\\\\n2026.*");
    }

    @ParameterizedTest
    @EnumSource
    void journal_everyLine_carriesItsPriority(LogFormat format) {
        Logging.configure(context, format, Level.DEBUG, output, true, false);
        log.error("bad", new IllegalStateException("trace"));
        long errorLines = said().lines().count();
        log.warn("odd");
        log.info("news");
        log.debug("detail");
        assertThat(said().lines().limit(errorLines)).allMatch(line -> line.startsWith("<3>"));
        assertThat(said().lines().skip(errorLines).map(line -> line.substring(0, 3))).containsExactly("<4>", "<6>",
                "<7>");
    }

    @Test
    void level_lower_isNotWrittenAndLibrariesAreQuiet() {
        Logging.configure(context, LogFormat.TEXT, Logging.level("info"), output, false, false);
        log.debug("detail");
        context.getLogger("org.eclipse.jetty.server").info("started");
        context.getLogger("jdk.httpclient.HttpClient").error("HEADERS");
        assertThat(said()).isEmpty();
        context.getLogger("org.quartz").warn("misfire");
        assertThat(said()).contains("misfire");
    }

    @Test
    void words_unknown_areRefused() {
        assertThatThrownBy(() -> Logging.level("loud")).hasMessageContaining("\"loud\" must be error, warn");
        assertThatThrownBy(() -> LogFormat.of("xml")).hasMessageContaining("\"xml\" must be text or json");
    }

    @Test
    void reader_standsStill_doesNotHoldUpTheDaemon() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        Logging.configure(context, LogFormat.TEXT, Level.INFO, blocked(released), false, true);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 20_000; i++) {
                log.info("line {}", i);
            }
        });
        boolean finished = writer.join(Duration.ofSeconds(30));
        released.countDown();
        assertThat(finished).isTrue();
    }

    @Test
    void stop_linesWaiting_areWritten() {
        Logging.configure(context, LogFormat.TEXT, Level.INFO, output, false, true);
        for (int i = 0; i < 500; i++) {
            log.info("line {}", i);
        }
        context.stop();
        assertThat(said().lines()).hasSize(500);
    }

    @Test
    void journalStream_ofAnotherFile_isNotTheJournal() {
        assertThat(JournalStream.isStandardError(Map.of("JOURNAL_STREAM", "1:2"))).isFalse();
        assertThat(JournalStream.isStandardError(Map.of())).isFalse();
    }

    @Test
    void journalStream_sameDeviceAndInode_isTheJournal() throws IOException {
        Path stream = Path.of("/proc/self/fd/2");
        Map<String, Object> file = Files.readAttributes(stream, "unix:dev,ino");
        assertThat(JournalStream.isStandardError(Map.of("JOURNAL_STREAM", file.get("dev") + ":" + file.get("ino"))))
                .isTrue();
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private static OutputStream blocked(CountDownLatch released) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                try {
                    released.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
