package io.keywane;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.store.SqliteDatabase;
import io.keywane.store.SqliteHistory;
import io.keywane.usage.CountRange;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UsageReason;
import io.keywane.usage.WalletReading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A report over a month of generated history, written by the command line and left at {@code target/report.html}. */
class ReportIT {
    private static final List<String> KEYS = List.of("search", "reports", "ingest");
    private static final int DAYS = 30;

    @TempDir
    private Path folder;
    private final Random random = new Random(1);
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private final Instant begin = end.minus(Duration.ofDays(DAYS));

    @Test
    void report_overAMonth_isOnePageWithCreditsIncidentsAndRotations() throws Exception {
        try (Rig rig = new Rig(folder)) {
            Path configuration = rig.folder().resolve("keywane.yaml");
            Files.writeString(configuration, Files.readString(configuration).replace("calibration:", """
                      reports: {organisation: acme, owner: bi, environment: test}
                      ingest: {organisation: acme, owner: data, environment: test}
                    calibration:"""));
            remember(rig.folder().resolve("state/keywane.db"));
            rig.start();
            rig.importKey(rig.createKey("first"));
            Path page = rig.folder().resolve("report.html");
            Process report = rig.launch(rig.folder().resolve("report.log"), "report", "--since", DAYS + "d",
                    "--output", page.toString());
            assertThat(report.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(report.exitValue()).as(Files.readString(rig.folder().resolve("report.log"))).isZero();
            String html = Files.readString(page);
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target/report.html"), html);

            assertThat(html).contains("Credits of acme", "ingest: spike", "keywane alerts show", "class=\"onset\"",
                    "search</th>").doesNotContain("<script", "http://", "https://", "style=");
            assertThat(html.split("<rect class=\"s[0-9]", -1)).as("a bar of each key for each day").hasSizeGreaterThan(
                    KEYS.size() * DAYS);
        }
    }

    private void remember(Path database) throws Exception {
        try (SqliteDatabase opened = SqliteDatabase.open(database)) {
            SqliteHistory history = new SqliteHistory(opened);
            long balance = 700_000;
            for (Instant at = begin; !at.isAfter(end); at = at.plus(Duration.ofMinutes(1))) {
                balance -= use(history, at);
                if (at.equals(begin.plus(Duration.ofDays(18)))) {
                    balance += 420_000;
                }
                if (at.atOffset(ZoneOffset.UTC).getMinute() % 10 == 0) {
                    history.record(new OrganisationName("acme"), new WalletReading(moment(at), balance, 0));
                }
                if (at.atOffset(ZoneOffset.UTC).getMinute() == 0) {
                    history.flush();
                }
            }
            history.flush();
        }
    }

    private long use(SqliteHistory history, Instant at) {
        long all = 0;
        for (int i = 0; i < KEYS.size(); i++) {
            double rate = rate(i, at);
            int requests = (int) Math.max(0, Math.round(rate + random.nextGaussian() * Math.sqrt(rate)));
            all += requests;
            for (String group : List.of("general", "feed")) {
                int count = group.equals("general") ? requests : 0;
                history.record(new KeyName(KEYS.get(i)), new UsagePoint(
                        new VersionId(Integer.toString(i + 1).repeat(32)), new LimiterGroup(group), moment(at),
                        count == 0 ? UsagePoint.Verdict.SILENT : UsagePoint.Verdict.IN_USE,
                        UsageReason.MODEL_DECLARED, new CountRange(count, count), Duration.ofMinutes(1)));
            }
        }
        return all;
    }

    /** By day more than by night; reports on working days; ingest leaks for three hours on the last day. */
    private double rate(int key, Instant at) {
        double hour = at.atOffset(ZoneOffset.UTC).getHour() + at.atOffset(ZoneOffset.UTC).getMinute() / 60.0;
        double day = Math.max(0.15, Math.sin((hour - 6) / 24 * 2 * Math.PI) * 0.5 + 0.6);
        boolean weekend = at.atOffset(ZoneOffset.UTC).getDayOfWeek().getValue() > 5;
        return switch (key) {
            case 0 -> 22 * day;
            case 1 -> weekend ? 1 : 11 * day;
            default -> {
                Duration left = Duration.between(at, end);
                boolean leak = left.compareTo(Duration.ofHours(14)) < 0 && left.compareTo(Duration.ofHours(11)) >= 0;
                yield leak ? 60 : 5;
            }
        };
    }

    private Moment moment(Instant at) {
        return new Moment("generated", Duration.between(begin, at), at);
    }
}
