package io.keywane.sandbox;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.keywane.sandbox.TestingClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GroundTruthTest {

    @Test
    void page_all_isOldestFirstAndNumbered() {
        GroundTruth truth = filled(10, 3);
        assertThat(truth.page(RequestFilter.ALL).requests()).extracting(RequestRecord::sequence)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void page_fullRing_countsWhatItDropped() {
        RequestPage page = filled(5, 12).page(RequestFilter.ALL);
        assertThat(page.dropped()).isEqualTo(7);
        assertThat(page.requests()).extracting(RequestRecord::sequence).containsExactly(8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void page_byKeyAndTime_showsOnlyThose() {
        RequestFilter filter = RequestFilter.ALL.withKeyId("key-1").withSince(START.plusSeconds(5));
        assertThat(filled(100, 10).page(filter).requests()).extracting(RequestRecord::sequence)
                .containsExactly(6L, 8L, 10L);
    }

    @Test
    void page_followed_showsEachRequestOnce() {
        GroundTruth truth = filled(100, 25);
        List<Long> seen = new ArrayList<>();
        RequestFilter filter = RequestFilter.ALL.withKeyId("key-1").withLimit(4);
        RequestPage page = truth.page(filter);
        while (!page.requests().isEmpty()) {
            page.requests().forEach(request -> seen.add(request.sequence()));
            page = truth.page(filter.withAfter(page.nextAfter()));
        }
        assertThat(seen).containsExactly(2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L, 22L, 24L);
    }

    @Test
    void page_more_saysWhetherRequestsWait() {
        GroundTruth truth = filled(100, 3);
        assertThat(truth.page(RequestFilter.ALL.withLimit(2)).more()).isTrue();
        assertThat(truth.page(RequestFilter.ALL.withLimit(3)).more()).isFalse();
    }

    @Test
    void filter_outOfRange_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestFilter.ALL.withLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> RequestFilter.ALL.withAfter(-1));
    }

    @Test
    void tally_requests_areTotalledByKeyAndConsumer() {
        KeyTally tally = new KeyTally();
        tally.add(request("key-1", 1, 200, "batch", true));
        tally.add(request("key-1", 3, 429, "web", false));
        tally.add(request("key-1", 2, 200, "web", true));
        KeySummary summary = tally.summary(new SandboxControl.Key("key-1", "org-1", "first", START, null));
        assertThat(summary.requests()).isEqualTo(3);
        assertThat(summary.refused()).isEqualTo(1);
        assertThat(summary.counted()).isEqualTo(2);
        assertThat(summary.lastRequest()).isEqualTo(START.plusSeconds(3));
        assertThat(summary.lastCounted()).isEqualTo(START.plusSeconds(2));
        assertThat(summary.statuses()).containsEntry(200, 2L).containsEntry(429, 1L);
        assertThat(summary.consumers()).containsExactly(new ConsumerSummary("batch", 1, 0, START.plusSeconds(1)),
                new ConsumerSummary("web", 2, 1, START.plusSeconds(3)));
    }

    @Test
    void tally_tooManyConsumers_shareALine() {
        KeyTally tally = new KeyTally();
        for (int i = 0; i < 1_500; i++) {
            tally.add(request("key-1", i, 200, "consumer-" + i, true));
        }
        KeySummary summary = tally.summary(new SandboxControl.Key("key-1", "org-1", "first", START, null));
        assertThat(summary.consumers()).hasSize(1_001);
        assertThat(summary.consumers().getFirst())
                .isEqualTo(new ConsumerSummary(KeyTally.OTHERS, 500, 0, START.plusSeconds(1_499)));
    }

    /** Requests 1, 2, 3, ... at as many seconds after the start minus one; even ones with key-1. */
    private static GroundTruth filled(int capacity, int requests) {
        GroundTruth truth = new GroundTruth(capacity);
        for (int i = 1; i <= requests; i++) {
            truth.append(request(i % 2 == 0 ? "key-1" : "key-2", i - 1, 200, "test", true));
        }
        return truth;
    }

    private static RequestRecord request(String keyId, int second, int status, String consumer, boolean counted) {
        return new RequestRecord(0, START.plusSeconds(second), keyId, "general", status, consumer, "GET /api/jobs",
                counted, 0, "none");
    }
}
