package io.keywane.usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderReaderTest {
    private static final HeaderNames NAMES = new HeaderNames(List.of("X-RateLimit-Limit", "RateLimit-Limit"),
            List.of("X-RateLimit-Remaining"), List.of("X-RateLimit-Reset"), List.of("X-Credits-Deducted"),
            List.of("X-Credits-Balance"), List.of("Retry-After"));

    private final HeaderReader reader = new HeaderReader(NAMES);
    private final Map<String, List<String>> headers = new HashMap<>(Map.of("x-ratelimit-limit", List.of("360"),
            "X-RATELIMIT-REMAINING", List.of(" 359 "), "X-RateLimit-Reset", List.of("1772323260"),
            "Date", List.of("Sun, 01 Mar 2026 00:00:00 GMT")));

    @Test
    void headers_wellFormed_areRead() {
        headers.put("X-Credits-Deducted", List.of("2"));
        headers.put("X-Credits-Balance", List.of("98"));

        AnswerHeaders read = reader.read(headers);

        assertThat(read.fault()).isEmpty();
        assertThat(read.rateLimit())
                .contains(new RateLimitReading(360, 359, Instant.ofEpochSecond(1_772_323_260)));
        assertThat(read.deducted()).hasValue(2);
        assertThat(read.balance()).hasValue(98);
        assertThat(read.date()).contains(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(read.retryAfter()).isEmpty();
    }

    @Test
    void alias_whereTheFirstNameIsAbsent_counts() {
        headers.remove("x-ratelimit-limit");
        headers.put("RateLimit-Limit", List.of("500"));

        assertThat(reader.read(headers).rateLimit().orElseThrow().limit()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-ratelimit-limit", "X-RATELIMIT-REMAINING", "X-RateLimit-Reset"})
    void header_missing_isAFault(String name) {
        headers.remove(name);

        assertFault(HeaderFault.MISSING);
    }

    @ParameterizedTest
    @CsvSource({"'', MISSING", "' ', MISSING", "-1, NOT_A_NUMBER", "1.5, NOT_A_NUMBER", "0x10, NOT_A_NUMBER",
        "'360, 360', NOT_A_NUMBER", "1e9, NOT_A_NUMBER", "99999999999999999999, NOT_A_NUMBER",
        "٣٦٠, NOT_A_NUMBER", "0, OUT_OF_RANGE", "358, OUT_OF_RANGE"})
    void limit_thatIsNone_isAFault(String value, HeaderFault fault) {
        headers.put("x-ratelimit-limit", List.of(value));

        assertFault(fault);
    }

    @Test
    void header_repeated_isAFault() {
        headers.put("x-ratelimit-limit", List.of("360", "360"));

        assertFault(HeaderFault.REPEATED);
    }

    @Test
    void reset_beyondAllTime_isAFault() {
        headers.put("X-RateLimit-Reset", List.of("253402300800"));

        assertFault(HeaderFault.OUT_OF_RANGE);
    }

    @Test
    void answer_fromACache_isAFault() {
        headers.put("Age", List.of("0"));

        assertFault(HeaderFault.CACHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-03-01T00:00:00Z", "", "Sun, 99 Mar 2026 00:00:00 GMT"})
    void date_thatIsNone_isAbsent(String value) {
        headers.put("Date", List.of(value));

        assertThat(reader.read(headers).date()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "many", "1, 2"})
    void balance_thatIsNone_isAbsentAndNotZero(String value) {
        headers.put("X-Credits-Balance", List.of(value));

        assertThat(reader.read(headers).balance()).isEmpty();
    }

    @Test
    void retryAfter_withinADay_isObeyed() {
        headers.put("Retry-After", List.of("30"));

        assertThat(reader.read(headers).retryAfter()).contains(Duration.ofSeconds(30));
    }

    @Test
    void retryAfter_beyondADay_isCut() {
        headers.put("Retry-After", List.of("999999999"));

        assertThat(reader.read(headers).retryAfter()).contains(Duration.ofDays(1));
    }

    @Test
    void answer_withoutAnyHeader_saysNothing() {
        AnswerHeaders read = reader.read(Map.of());

        assertThat(read).isEqualTo(AnswerHeaders.NONE);
    }

    private void assertFault(HeaderFault fault) {
        AnswerHeaders read = reader.read(headers);

        assertThat(read.fault()).contains(fault);
        assertThat(read.rateLimit()).isEmpty();
    }
}
