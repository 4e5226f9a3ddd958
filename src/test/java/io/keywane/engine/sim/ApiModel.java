package io.keywane.engine.sim;

import io.keywane.engine.ProbeCall;
import io.keywane.engine.ProbeClient;
import io.keywane.key.KeyMaterial;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The API: keys that people make and revoke, an exact rolling limiter for each key and group, one wallet; and the truth
 * about all requests, which no header shows.
 */
final class ApiModel implements ProbeClient {
    static final Duration WINDOW = Duration.ofSeconds(60);
    static final long LIMIT = 240;
    private static final Duration FLIGHT = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Predicate<KeyMaterial> isLeaving;
    private final SimulatedClock clock;
    private final CrashPoints crash;
    private final Weather weather;
    private final Dice dice;
    private final RecordsModel records;
    private final Consumer<String> trace;
    private final Map<KeyMaterial, Life> lives = new HashMap<>();
    private long wallet = 1_000_000;
    long ownCredits;
    int mostOwn;
    int unjournalled;

    /** What is true of one key. */
    static final class Life {
        private final long acceptedFrom;
        private boolean isRevoked;
        private final Map<LimiterGroup, Deque<Long>> counted = new HashMap<>();
        private final Map<LimiterGroup, Deque<Long>> own = new HashMap<>();
        /** Requests of consumers that were counted, in milliseconds of true time. */
        final Map<LimiterGroup, Deque<Long>> foreign = new HashMap<>();
        /** When a probe was last answered with full success, and that answer received. */
        final Map<LimiterGroup, Long> lastValid = new HashMap<>();
        long lastUse = Long.MIN_VALUE / 2;
        long lastSuccess = Long.MIN_VALUE / 2;

        private Life(long acceptedFrom) {
            this.acceptedFrom = acceptedFrom;
        }
    }

    ApiModel(SimulatedClock clock, CrashPoints crash, Weather weather, Dice dice, RecordsModel records,
            Predicate<KeyMaterial> isLeaving, Consumer<String> trace) {
        this.isLeaving = isLeaving;
        this.clock = clock;
        this.crash = crash;
        this.weather = weather;
        this.dice = dice;
        this.records = records;
        this.trace = trace;
    }

    /** A person makes a key in the dashboard; it may be accepted with a delay. */
    void create(KeyMaterial key) {
        long delay = weather.strikes(Fault.KEY_ACCEPTED_LATE) ? dice.between(2_000, 40_000) : 0;
        lives.putIfAbsent(key, new Life(clock.millis() + delay));
    }

    /** A person revokes a key in the dashboard. */
    void revoke(KeyMaterial key) {
        life(key).ifPresent(life -> life.isRevoked = true);
    }

    /** Whether it will never be accepted any more: a person revoked it, or nobody ever made it. */
    boolean isRevoked(KeyMaterial key) {
        return life(key).map(life -> life.isRevoked).orElse(true);
    }

    boolean isRevokedByAPerson(KeyMaterial key) {
        return life(key).filter(life -> life.isRevoked).isPresent();
    }

    boolean accepts(KeyMaterial key) {
        return life(key).filter(life -> !life.isRevoked && clock.millis() >= life.acceptedFrom).isPresent();
    }

    Optional<Life> life(KeyMaterial key) {
        return Optional.ofNullable(lives.get(key));
    }

    /** The vendor's own memory of keys is wrong for a while. */
    private boolean isRefusedForAWhile(KeyMaterial key) {
        return isLeaving.test(key) && weather.strikes(Fault.LEAVING_KEYS_REFUSED);
    }

    /** A consumer's request. */
    void use(KeyMaterial key, LimiterGroup group) {
        boolean isDown = weather.strikes(Fault.API_DOWN) || weather.strikes(Fault.HEADER_STRIPPED);
        if (isDown || !accepts(key) || isRefusedForAWhile(key) || weather.strikes(Fault.API_LIMITS)
                || weather.strikes(Fault.WALLET_EMPTY)) {
            return;
        }
        Life life = life(key).orElseThrow();
        Deque<Long> window = window(life.counted, group);
        if (window.size() >= LIMIT) {
            return;
        }
        window.add(clock.millis());
        life.foreign.computeIfAbsent(group, _ -> new ArrayDeque<>()).add(clock.millis());
        life.lastUse = clock.millis();
        wallet--;
    }

    @Override
    public Sample probe(ProbeCall call, KeyMaterial key) {
        crash.before(Effect.PROBE);
        if (!records.isJournalled(call.entry().id())) {
            unjournalled++;
        }
        clock.advance(FLIGHT);
        LimiterGroup group = call.entry().group();
        life(key).ifPresent(life -> {
            Deque<Long> sent = window(life.own, group);
            sent.add(clock.millis());
            mostOwn = Math.max(mostOwn, sent.size());
        });
        Sample answer = answer(call, key, group);
        trace.accept("probe " + call.entry().version().brief() + " " + group + " " + call.kind() + ": "
                + answer.outcome());
        crash.after(Effect.PROBE);
        clock.advance(FLIGHT);
        return answer;
    }

    private Sample answer(ProbeCall call, KeyMaterial key, LimiterGroup group) {
        if (weather.strikes(Fault.API_DOWN) || weather.strikes(Fault.API_REQUEST_LOST)) {
            return lost(call);
        }
        if (weather.strikes(Fault.API_PROXY_PAGE)) {
            return failed(call, 200, ProbeFailure.NOT_THE_API);
        }
        if (weather.strikes(Fault.HEADER_STRIPPED) || !accepts(key) || isRefusedForAWhile(key)) {
            return status(call, 401, AnswerHeaders.NONE);
        }
        if (weather.strikes(Fault.API_ERRORS)) {
            return failed(call, 503, ProbeFailure.SERVER_ERROR);
        }
        if (weather.strikes(Fault.API_LIMITS)) {
            return status(call, 429, waiting(dice.chance(0.5)
                    ? Optional.of(Duration.ofSeconds(dice.between(1, 20)))
                    : Optional.empty()));
        }
        boolean metered = call.kind() == ProbeKind.BALANCE;
        if (metered && weather.strikes(Fault.WALLET_EMPTY)) {
            return status(call, 402, AnswerHeaders.NONE);
        }
        return counted(call, life(key).orElseThrow(), group, metered);
    }

    private Sample counted(ProbeCall call, Life life, LimiterGroup group, boolean metered) {
        Deque<Long> window = window(life.counted, group);
        if (window.size() >= LIMIT) {
            return status(call, 429, AnswerHeaders.NONE);
        }
        window.add(clock.millis());
        if (metered) {
            wallet--;
            ownCredits++;
        }
        if (weather.strikes(Fault.API_ANSWER_LOST)) {
            return lost(call);
        }
        life.lastSuccess = clock.millis();
        life.lastValid.put(group, clock.millis());
        return status(call, 200, headers(window, metered));
    }

    private AnswerHeaders headers(Deque<Long> window, boolean metered) {
        Instant oldest = clock.server().minusMillis(clock.millis() - window.getFirst());
        Optional<RateLimitReading> reading = weather.strikes(Fault.API_HEADERS_MISSING)
                ? Optional.empty()
                : Optional.of(new RateLimitReading(LIMIT, LIMIT - window.size(),
                        oldest.plus(WINDOW).truncatedTo(ChronoUnit.SECONDS)));
        return new AnswerHeaders(reading, reading.isPresent() ? Optional.empty() : Optional.of(HeaderFault.MISSING),
                metered ? OptionalLong.of(1) : OptionalLong.empty(),
                metered ? OptionalLong.of(wallet) : OptionalLong.empty(),
                Optional.of(clock.server().truncatedTo(ChronoUnit.SECONDS)), Optional.empty());
    }

    private static AnswerHeaders waiting(Optional<Duration> retryAfter) {
        return new AnswerHeaders(Optional.empty(), Optional.of(HeaderFault.MISSING), OptionalLong.empty(),
                OptionalLong.empty(), Optional.empty(), retryAfter);
    }

    private Sample lost(ProbeCall call) {
        clock.advance(TIMEOUT);
        return failed(call, 0, ProbeFailure.TIMEOUT);
    }

    private Sample failed(ProbeCall call, int status, ProbeFailure failure) {
        OwnRequest entry = call.entry();
        return new Sample(entry.id(), entry.version(), entry.group(), call.kind(), entry.sent(), clock.now(), status,
                ProbeOutcome.UNKNOWN, Optional.of(failure), AnswerHeaders.NONE);
    }

    private Sample status(ProbeCall call, int status, AnswerHeaders headers) {
        OwnRequest entry = call.entry();
        return new Sample(entry.id(), entry.version(), entry.group(), call.kind(), entry.sent(), clock.now(), status,
                ProbeOutcome.ofStatus(status), Optional.empty(), headers);
    }

    private Deque<Long> window(Map<LimiterGroup, Deque<Long>> counters, LimiterGroup group) {
        Deque<Long> window = counters.computeIfAbsent(group, _ -> new ArrayDeque<>());
        long edge = clock.millis() - WINDOW.toMillis();
        while (!window.isEmpty() && window.getFirst() <= edge) {
            window.removeFirst();
        }
        return window;
    }

    @Override
    public Optional<String> control() {
        crash.before(Effect.CONTROL);
        boolean fails = weather.strikes(Fault.API_DOWN) || weather.strikes(Fault.CONTROL_DOWN);
        crash.after(Effect.CONTROL);
        return fails ? Optional.of("no answer") : Optional.empty();
    }

    @Override
    public long cost(ProbeKind kind) {
        return kind == ProbeKind.BALANCE ? 1 : 0;
    }
}
