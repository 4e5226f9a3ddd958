package io.keywane.usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class HttpDateTest {
    @Test
    void usualForm_ofAnyTime_isReadAsTheStandardSays() {
        DateTimeFormatter usual = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(0, 8_000_000_000L));

            assertThat(HttpDate.read(usual.format(time))).contains(time);
        }
    }

    @ParameterizedTest
    @CsvSource({"'Sun, 1 Mar 2026 00:00:00 GMT', 2026-03-01T00:00:00Z",
        "'Sun, 01 Mar 2026 02:00:00 +0200', 2026-03-01T00:00:00Z",
        "' Sun, 01 Mar 2026 00:00:00 GMT ', 2026-03-01T00:00:00Z",
        "'sun, 01 MAR 2026 00:00:00 gmt', 2026-03-01T00:00:00Z"})
    void otherForm_ofTheStandard_isRead(String text, Instant time) {
        assertThat(HttpDate.read(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Mon, 01 Mar 2026 00:00:00 GMT", "Xxx, 01 Mar 2026 00:00:00 GMT",
        "Sun, 01 Xxx 2026 00:00:00 GMT", "Sat, 29 Feb 2026 00:00:00 GMT", "Sun, 01 Mar 2026 25:00:00 GMT",
        "Sun, 01 Mar 2026 00:60:00 GMT", "Sun, 0: Mar 2026 00:00:00 GMT", "Sun, 0/ Mar 2026 00:00:00 GMT",
        "Sun; 01 Mar 2026 00:00:00 GMT", "Sun, 01 Mar 2026 00:00:00 GMTx"})
    void text_thatIsNoDate_isAbsent(String text) {
        assertThat(HttpDate.read(text)).isEmpty();
    }
}
