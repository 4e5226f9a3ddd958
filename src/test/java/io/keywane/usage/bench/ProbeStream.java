package io.keywane.usage.bench;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.HeaderReader;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WindowModel;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Probes of one key version in one group at a steady pace, with the answers of an exact rolling limiter, as the HTTP client
 * hands them over: the same for the same arguments. What is measured takes them from the headers to the conclusion.
 */
public final class ProbeStream {
    static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    static final LimiterGroup GROUP = new LimiterGroup("general");
    private static final HeaderNames NAMES = new HeaderNames(List.of("X-RateLimit-Limit"),
            List.of("X-RateLimit-Remaining"), List.of("X-RateLimit-Reset"), List.of("X-Credits-Deducted"),
            List.of("X-Credits-Balance"), List.of("Retry-After"));
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME
            .withZone(ZoneOffset.UTC);
    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration FLIGHT = Duration.ofMillis(80);
    private static final String BOOT = "boot-1";

    private final WindowModel window;
    private final List<Exchange> exchanges;
    private final HeaderReader reader = new HeaderReader(NAMES);

    /** One probe: when it was sent and answered, and the headers of the answer. */
    private record Exchange(String id, Moment sent, Moment received, Map<String, List<String>> headers) {}

    private ProbeStream(WindowModel window, List<Exchange> exchanges) {
        this.window = window;
        this.exchanges = List.copyOf(exchanges);
    }

    /**
     * A stream.
     *
     * @param length of the window that is shown
     * @param period between two probes
     * @param foreign requests of others between two probes
     */
    public static ProbeStream of(Duration length, Duration period, int foreign, int probes) {
        WindowModel window = new WindowModel(10_000, length, Kind.ROLLING, Duration.ofSeconds(2), true,
                ResetMeaning.OLDEST_PLUS_WINDOW);
        Deque<Instant> counted = new ArrayDeque<>();
        List<Exchange> exchanges = new ArrayList<>(probes);
        for (int i = 0; i < probes; i++) {
            Moment sent = new Moment(BOOT, period.multipliedBy(i + 1L), BEGIN.plus(period.multipliedBy(i)));
            Instant at = sent.wall().plus(FLIGHT);
            counted.addAll(Collections.nCopies(i == 0 ? 0 : foreign, at.minus(period.dividedBy(2))));
            counted.add(at);
            while (!counted.getFirst().isAfter(at.minus(length))) {
                counted.removeFirst();
            }
            exchanges.add(new Exchange("request-" + i, sent, sent.plus(FLIGHT.multipliedBy(2)),
                    headers(window, counted, at)));
        }
        return new ProbeStream(window, exchanges);
    }

    private static Map<String, List<String>> headers(WindowModel window, Deque<Instant> counted, Instant at) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        long reset = counted.getFirst().plus(window.length()).getEpochSecond();
        Map.ofEntries(Map.entry("x-ratelimit-limit", Long.toString(window.limit())),
                Map.entry("x-ratelimit-remaining", Long.toString(window.limit() - counted.size())),
                Map.entry("x-ratelimit-reset", Long.toString(reset)), Map.entry("date", HTTP_DATE.format(at)),
                Map.entry("x-credits-deducted", "0"), Map.entry("cache-control", "no-store"),
                Map.entry("content-length", "2"), Map.entry("content-type", "application/json; charset=utf-8"),
                Map.entry("server", "cloud"), Map.entry("strict-transport-security", "max-age=31536000"),
                Map.entry("vary", "Accept-Encoding"), Map.entry("x-content-type-options", "nosniff"),
                Map.entry("x-request-id", "0af7651916cd43dd8448eb211c80319c"))
                .forEach((name, value) -> headers.put(name, List.of(value)));
        return Collections.unmodifiableMap(headers);
    }

    int size() {
        return exchanges.size();
    }

    GroupAccount account() {
        List<KnownWindow> known = List.of(KnownWindow.declared(window));
        return new GroupAccount(VERSION, GROUP, () -> known);
    }

    /** Takes all probes through a fresh account, and returns how many of them gave this verdict. */
    public int count(UsagePoint.Verdict verdict) {
        GroupAccount account = account();
        int count = 0;
        for (int i = 0; i < exchanges.size(); i++) {
            count += take(account, i).verdict() == verdict ? 1 : 0;
        }
        return count;
    }

    /** One probe: its entry in the ledger, its answer's headers, its outcome, the conclusion. */
    UsagePoint take(GroupAccount account, int number) {
        Exchange exchange = exchanges.get(number);
        OwnRequest entry = OwnRequest.opened(exchange.id(), VERSION, GROUP, exchange.sent());
        account.enter(entry);
        Sample sample = new Sample(exchange.id(), VERSION, GROUP, ProbeKind.LIVENESS, exchange.sent(),
                exchange.received(), 200, ProbeOutcome.VALID, Optional.empty(), read(exchange));
        account.enter(entry.settle(sample.fate(), sample.received()));
        return account.observe(sample);
    }

    /** The headers alone. */
    AnswerHeaders read(int number) {
        return read(exchanges.get(number));
    }

    private AnswerHeaders read(Exchange exchange) {
        return reader.read(exchange.headers());
    }
}
