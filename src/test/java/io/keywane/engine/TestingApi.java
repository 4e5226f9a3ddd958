package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The API in virtual time: keys that it accepts, an exact rolling limiter for each key and group, one wallet. Reset is the
 * oldest counted request plus the window.
 */
final class TestingApi implements ProbeClient {
    static final Duration WINDOW = Duration.ofSeconds(60);
    private static final long OTHER_LIMIT = 77;
    static final Map<LimiterGroup, Long> LIMITS = Map.of(new LimiterGroup("general"), 360L, new LimiterGroup("feed"),
            120L);
    private static final Duration FLIGHT = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final TestingClock clock;
    /** Keys of another plan, with other limits. */
    final Set<KeyMaterial> otherPlan = new HashSet<>();
    private final Set<KeyMaterial> accepted = new HashSet<>();
    private final Map<KeyMaterial, Map<LimiterGroup, Deque<Instant>>> counted = new HashMap<>();
    /** Own requests that are inside each key's and group's window now, and the most there ever were. */
    private final Map<KeyMaterial, Map<LimiterGroup, Deque<Instant>>> own = new HashMap<>();
    int mostOwn;
    long wallet = 1_000_000;
    long ownCredits;
    int probes;
    int missing;
    boolean up = true;
    boolean controlWorks = true;
    boolean stripsHeader;
    boolean losesAnswers;
    @Nullable
    Integer status;

    TestingApi(TestingClock clock) {
        this.clock = clock;
    }

    /** A person makes a key in the dashboard. */
    void create(KeyMaterial key) {
        accepted.add(key);
    }

    /** A person revokes a key in the dashboard. */
    void revoke(KeyMaterial key) {
        accepted.remove(key);
    }

    /** All that was counted against a key is lost. */
    void wipe(KeyMaterial key) {
        counted.remove(key);
    }

    boolean accepts(KeyMaterial key) {
        return accepted.contains(key);
    }

    /** A consumer's request; whether it was served. */
    boolean use(KeyMaterial key, LimiterGroup group) {
        if (!up || !accepts(key)) {
            return false;
        }
        Deque<Instant> window = window(counted, key, group);
        if (window.size() >= limit(key, group)) {
            return false;
        }
        window.add(serverTime());
        wallet--;
        return true;
    }

    /** How many requests a key has left in its window now. */
    long left(KeyMaterial key, LimiterGroup group) {
        return limit(key, group) - window(counted, key, group).size();
    }

    @Override
    public Sample probe(ProbeCall call, KeyMaterial key) {
        probes++;
        clock.advance(FLIGHT);
        LimiterGroup group = call.entry().group();
        Deque<Instant> sent = window(own, key, group);
        sent.add(serverTime());
        mostOwn = Math.max(mostOwn, sent.size());
        Sample answered = answer(call, key, group);
        if (!losesAnswers) {
            clock.advance(FLIGHT);
            return answered;
        }
        return lost(call);
    }

    private Sample answer(ProbeCall call, KeyMaterial key, LimiterGroup group) {
        if (!up) {
            return lost(call);
        }
        if (stripsHeader || !accepts(key)) {
            return sample(call, 401, AnswerHeaders.NONE);
        }
        if (call.kind() == ProbeKind.MISSING) {
            missing++;
            return sample(call, 404, AnswerHeaders.NONE);
        }
        Integer forced = status;
        if (forced != null) {
            return sample(call, forced, AnswerHeaders.NONE);
        }
        Deque<Instant> window = window(counted, key, group);
        if (window.size() >= limit(key, group)) {
            return sample(call, 429, AnswerHeaders.NONE);
        }
        window.add(serverTime());
        boolean metered = call.kind() == ProbeKind.BALANCE;
        if (metered) {
            wallet--;
            ownCredits++;
        }
        return sample(call, 200, headers(key, window, group, metered));
    }

    private AnswerHeaders headers(KeyMaterial key, Deque<Instant> window, LimiterGroup group, boolean metered) {
        Instant reset = window.getFirst().plus(WINDOW).truncatedTo(ChronoUnit.SECONDS);
        RateLimitReading reading = new RateLimitReading(limit(key, group), limit(key, group) - window.size(), reset);
        return new AnswerHeaders(Optional.of(reading), Optional.empty(),
                metered ? OptionalLong.of(1) : OptionalLong.empty(),
                metered ? OptionalLong.of(wallet) : OptionalLong.empty(),
                Optional.of(serverTime().truncatedTo(ChronoUnit.SECONDS)), Optional.empty());
    }

    private Sample lost(ProbeCall call) {
        clock.advance(TIMEOUT);
        OwnRequest entry = call.entry();
        return new Sample(entry.id(), entry.version(), entry.group(), call.kind(), entry.sent(), clock.now(), 0,
                ProbeOutcome.UNKNOWN, Optional.of(ProbeFailure.TIMEOUT), AnswerHeaders.NONE);
    }

    private Sample sample(ProbeCall call, int answer, AnswerHeaders headers) {
        OwnRequest entry = call.entry();
        ProbeOutcome outcome = ProbeOutcome.ofStatus(answer);
        return new Sample(entry.id(), entry.version(), entry.group(), call.kind(), entry.sent(), clock.now(), answer,
                outcome, outcome == ProbeOutcome.UNKNOWN ? Optional.of(ProbeFailure.SERVER_ERROR) : Optional.empty(),
                headers);
    }

    /** The server's clock does not care what this host's is set to. */
    private Instant serverTime() {
        return TestingClock.START.plus(clock.elapsed());
    }

    private Deque<Instant> window(
            Map<KeyMaterial, Map<LimiterGroup, Deque<Instant>>> counters,
            KeyMaterial key,
            LimiterGroup group) {
        Deque<Instant> window = counters.computeIfAbsent(key, k -> new HashMap<>())
                .computeIfAbsent(group, g -> new ArrayDeque<>());
        Instant edge = serverTime().minus(WINDOW);
        window.removeIf(at -> !at.isAfter(edge));
        return window;
    }

    private long limit(KeyMaterial key, LimiterGroup group) {
        return otherPlan.contains(key) ? OTHER_LIMIT : LIMITS.getOrDefault(group, 0L);
    }

    @Override
    public Optional<String> control() {
        return up && controlWorks ? Optional.empty() : Optional.of("no answer");
    }

    @Override
    public long cost(ProbeKind kind) {
        return kind == ProbeKind.BALANCE ? 1 : 0;
    }
}
