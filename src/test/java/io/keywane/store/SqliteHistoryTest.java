package io.keywane.store;

import io.keywane.engine.PersistenceException;
import io.keywane.key.OrganisationName;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.CountRange;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;
import io.keywane.usage.WalletReading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.after;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqliteHistoryTest {
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final OrganisationName ACME = new OrganisationName("acme");
    private static final long DAY = 86_400;

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteHistory history;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("keywane.db"));
        history = new SqliteHistory(database, 10, 25);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Sample answered(String id, int version, long seconds) {
        AnswerHeaders headers = new AnswerHeaders(
                Optional.of(new RateLimitReading(360, 17, Instant.parse("9999-12-31T23:59:59Z"))), Optional.empty(),
                OptionalLong.of(3), OptionalLong.of(0), Optional.of(Instant.parse("2026-11-24T10:00:00Z")),
                Optional.of(Duration.ofMillis(1_500)));
        return new Sample(id, version(version), GENERAL, ProbeKind.BALANCE, after(seconds), after(seconds + 1), 200,
                ProbeOutcome.VALID, Optional.empty(), headers);
    }

    private static Sample unanswered(String id, int version, long seconds) {
        return new Sample(id, version(version), GENERAL, ProbeKind.LIVENESS, after(seconds), after(seconds + 1), 0,
                ProbeOutcome.UNKNOWN, Optional.of(ProbeFailure.TIMEOUT), AnswerHeaders.NONE);
    }

    private static UsagePoint point(int version, long seconds) {
        return new UsagePoint(version(version), GENERAL, after(seconds), UsagePoint.Verdict.UNDETERMINED,
                UsageReason.MODEL_DECLARED, new CountRange(2, 5), Duration.ofSeconds(60));
    }

    private static WalletReading reading(long seconds, long balance) {
        return new WalletReading(after(seconds), balance, 1);
    }

    @Test
    void samples_comeBackWhole() {
        history.record(SEARCH, answered("a", 1, 0));
        history.record(SEARCH, unanswered("b", 1, 1));
        history.record(FEED, answered("c", 2, 0));

        assertThat(history.samples(version(1), Instant.EPOCH)).containsExactly(answered("a", 1, 0),
                unanswered("b", 1, 1));
    }

    @Test
    void samples_withEveryHeaderFault_comeBackWhole() {
        for (HeaderFault fault : HeaderFault.values()) {
            AnswerHeaders headers = new AnswerHeaders(Optional.empty(), Optional.of(fault), OptionalLong.empty(),
                    OptionalLong.empty(), Optional.empty(), Optional.empty());
            Sample sample = new Sample(fault.name(), version(1), GENERAL, ProbeKind.LIVENESS, after(0), after(1), 200,
                    ProbeOutcome.VALID, Optional.empty(), headers);
            history.record(SEARCH, sample);
            assertThat(history.samples(version(1), Instant.EPOCH)).contains(sample);
        }
    }

    @Test
    void samples_startAtTheGivenTimeOldestFirst() {
        history.record(SEARCH, answered("late", 1, 50));
        history.record(SEARCH, answered("early", 1, 10));
        history.record(SEARCH, answered("middle", 1, 30));

        assertThat(history.samples(version(1), after(31).wall())).extracting(Sample::request)
                .containsExactly("middle", "late");
    }

    @Test
    void usage_runsOverAllVersionsOfAKey() {
        history.record(SEARCH, point(2, 5));
        history.record(SEARCH, point(1, 1));
        history.record(FEED, point(3, 2));

        assertThat(history.usage(SEARCH, Instant.EPOCH)).containsExactly(point(1, 1), point(2, 5));
        assertThat(history.usage(SEARCH, after(2).wall())).containsExactly(point(2, 5));
    }

    @Test
    void wallet_readingsComeBackByOrganisation() {
        history.record(ACME, reading(2, 50));
        history.record(ACME, reading(1, 100));
        history.record(new OrganisationName("other"), reading(1, 7));

        assertThat(history.wallet(ACME, Instant.EPOCH)).containsExactly(reading(1, 100), reading(2, 50));
    }

    @Test
    void flush_makesRowsSurviveReopening() {
        history.record(SEARCH, answered("a", 1, 0));
        history.record(SEARCH, point(1, 1));
        history.record(ACME, reading(1, 100));
        history.flush();
        close();
        open();

        assertThat(history.samples(version(1), Instant.EPOCH)).hasSize(1);
        assertThat(history.usage(SEARCH, Instant.EPOCH)).hasSize(1);
        assertThat(history.wallet(ACME, Instant.EPOCH)).hasSize(1);
    }

    private long stored() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM sample").mapTo(Long.class).one());
    }

    @Test
    void record_writesByItselfOnceABatchIsFull() {
        for (int i = 0; i < 9; i++) {
            history.record(SEARCH, answered("request-" + i, 1, i));
        }
        assertThat(stored()).isZero();

        history.record(SEARCH, answered("request-9", 1, 9));
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void record_whereNothingCanBeWritten_neverFailsAndDropsTheOldest() {
        database.change(handle -> handle.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON sample BEGIN SELECT RAISE(ABORT, 'refused'); END"));
        for (int i = 0; i < 30; i++) {
            history.record(SEARCH, answered("request-" + i, 1, i));
        }
        assertThat(history.dropped()).isEqualTo(5);
        assertThatThrownBy(history::flush).isInstanceOf(PersistenceException.class);
        assertThat(history.samples(version(1), Instant.EPOCH)).isEmpty();

        database.change(handle -> handle.execute("DROP TRIGGER refuse"));
        history.flush();
        assertThat(history.samples(version(1), Instant.EPOCH)).extracting(Sample::request).hasSize(25)
                .startsWith("request-5").endsWith("request-29");
        assertThat(history.dropped()).isEqualTo(5);
    }

    @Test
    void record_sameSampleTwice_isKeptOnce() {
        history.record(SEARCH, answered("a", 1, 0));
        history.flush();
        history.record(SEARCH, answered("a", 1, 0));

        assertThat(history.samples(version(1), Instant.EPOCH)).hasSize(1);
    }

    @Test
    void prune_dropsTheOldButKeepsWhatUnresolvedVersionsNeed() {
        SqliteLedger ledger = new SqliteLedger(database);
        for (long day = 0; day < 10; day++) {
            for (int version = 1; version <= 2; version++) {
                String id = version + "-" + day;
                history.record(SEARCH, answered(id, version, day * DAY));
                history.record(SEARCH, point(version, day * DAY));
                ledger.open(OwnRequest.opened(id, version(version), GENERAL, after(day * DAY)));
            }
            history.record(ACME, reading(day * DAY, day));
        }
        history.flush();

        history.prune(after(7 * DAY).wall(), List.of(version(2)));

        assertThat(history.samples(version(1), Instant.EPOCH)).extracting(Sample::request)
                .containsExactly("1-7", "1-8", "1-9");
        assertThat(history.samples(version(2), Instant.EPOCH)).hasSize(10);
        assertThat(ledger.since(version(1), Instant.EPOCH)).extracting(OwnRequest::id)
                .containsExactly("1-7", "1-8", "1-9");
        assertThat(ledger.since(version(2), Instant.EPOCH)).hasSize(10);
        assertThat(history.usage(SEARCH, Instant.EPOCH)).hasSize(6);
        assertThat(history.wallet(ACME, Instant.EPOCH)).hasSize(3);
    }

    @Test
    void prune_withoutUnresolvedVersions_dropsEverythingOld() {
        history.record(SEARCH, answered("a", 1, 0));
        history.flush();

        history.prune(after(DAY).wall(), List.of());

        assertThat(history.samples(version(1), Instant.EPOCH)).isEmpty();
    }
}
