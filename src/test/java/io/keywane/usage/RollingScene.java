package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An account beside an exact rolling limiter whose truth is known. Times are seconds since the first boot of the host; the
 * server's clock runs from {@link #SERVER_START} at that time, plus whatever it was moved by.
 */
final class RollingScene {
    static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    static final LimiterGroup GROUP = new LimiterGroup("general");
    static final Instant SERVER_START = Instant.parse("2026-03-01T00:00:00Z");
    static final Duration MINUTE = Duration.ofSeconds(60);
    /** From sending to counting, and from counting to the answer. */
    static final double FLIGHT = 0.1;
    private static final double TIMEOUT = 10;

    final GroupAccount account;
    WindowModel model;
    String boot = "boot-1";
    double bootedAt;
    double serverMovedBy;
    double wallMovedBy;
    long limit;
    /** The windows that are known; where empty, the one of the model. */
    List<KnownWindow> known = List.of();
    ProofPolicy policy = ProofPolicy.STRICT;
    /** How long a request stays in the limiter's window, in seconds. */
    double length;
    /** How long a counted request takes to show. */
    double lag;
    /** How fast this host's even clock runs, less one. */
    double drift;
    private final List<Counted> counted = new ArrayList<>();
    private int requests;

    private record Counted(double at, double shows) {}

    RollingScene(WindowModel model) {
        this.model = model;
        this.limit = model.limit();
        this.length = model.length().toSeconds();
        this.account = new GroupAccount(VERSION, GROUP,
                () -> known.isEmpty() ? List.of(KnownWindow.declared(this.model)) : known);
    }

    static RollingScene witnessed() {
        return new RollingScene(model(100, ResetMeaning.OLDEST_PLUS_WINDOW));
    }

    static WindowModel model(long limit, ResetMeaning reset) {
        return new WindowModel(limit, MINUTE, Kind.ROLLING, Duration.ofSeconds(2), true, reset);
    }

    Moment at(double time) {
        return new Moment(boot, seconds((time - bootedAt) * (1 + drift)),
                SERVER_START.plus(seconds(time + wallMovedBy)));
    }

    /** Another host goes on, which ran for some time already. */
    void takenOver(double time, double uptime) {
        boot = "boot of another host";
        bootedAt = time - uptime;
    }

    /** The host starts again at this time. */
    void restart(double time) {
        boot = "boot after " + time;
        bootedAt = time;
    }

    /** Somebody else's request is counted. */
    void foreign(double time) {
        counted.add(new Counted(time, time + lag));
    }

    /** The counter forgets everything. */
    void wipe() {
        counted.clear();
    }

    /** A probe that is answered with the limiter's headers. */
    UsagePoint probe(double time) {
        OwnRequest entry = open(time);
        counted.add(new Counted(time + FLIGHT, time + FLIGHT + lag));
        return settle(entry, answer(entry, time, headers(time + FLIGHT)));
    }

    /** A probe that is counted and answered, with these headers. */
    UsagePoint probe(double time, AnswerHeaders headers) {
        OwnRequest entry = open(time);
        counted.add(new Counted(time + FLIGHT, time + FLIGHT + lag));
        return settle(entry, answer(entry, time, headers));
    }

    /** A probe that a fixed window has counted as one of so many. */
    UsagePoint fixed(double time, long used, Instant reset) {
        return probe(time, headers(new RateLimitReading(limit, limit - used, reset), server(time + FLIGHT)));
    }

    /** A probe that never reached the limiter, answered by a cache. */
    UsagePoint repeated(double time, AnswerHeaders headers) {
        OwnRequest entry = open(time);
        return settle(entry, answer(entry, time, headers));
    }

    /** A probe that never reached the limiter. */
    UsagePoint probeLost(double time) {
        OwnRequest entry = open(time);
        return settle(entry, unanswered(entry, time));
    }

    /** A probe that was counted, but its answer was lost. */
    UsagePoint probeUnanswered(double time) {
        OwnRequest entry = open(time);
        counted.add(new Counted(time + FLIGHT, time + FLIGHT + lag));
        return settle(entry, unanswered(entry, time));
    }

    /** A probe that is answered with another status, without limit headers, and not counted. */
    UsagePoint probeAnswered(double time, int status) {
        OwnRequest entry = open(time);
        ProbeOutcome outcome = ProbeOutcome.ofStatus(status);
        Sample sample = new Sample(entry.id(), VERSION, GROUP, ProbeKind.LIVENESS, entry.sent(), at(time + 2 * FLIGHT),
                status, outcome,
                outcome == ProbeOutcome.UNKNOWN ? Optional.of(ProbeFailure.SERVER_ERROR) : Optional.empty(),
                AnswerHeaders.NONE);
        return settle(entry, sample);
    }

    /** Probes every 24 s, from a time up to and including another. */
    UsagePoint probeThrough(double from, double to) {
        UsagePoint point = probe(from);
        for (double time = from + 24; time <= to; time += 24) {
            point = probe(time);
        }
        return point;
    }

    OwnRequest open(double time) {
        OwnRequest entry = OwnRequest.opened("request-" + requests++, VERSION, GROUP, at(time));
        account.enter(entry);
        return entry;
    }

    private UsagePoint settle(OwnRequest entry, Sample sample) {
        account.enter(entry.settle(sample.fate(), sample.received()));
        return account.observe(sample, policy);
    }

    private Sample answer(OwnRequest entry, double time, AnswerHeaders headers) {
        return new Sample(entry.id(), VERSION, GROUP, ProbeKind.LIVENESS, entry.sent(), at(time + 2 * FLIGHT), 200,
                ProbeOutcome.VALID, Optional.empty(), headers);
    }

    private Sample unanswered(OwnRequest entry, double time) {
        return new Sample(entry.id(), VERSION, GROUP, ProbeKind.LIVENESS, entry.sent(), at(time + TIMEOUT), 0,
                ProbeOutcome.UNKNOWN, Optional.of(ProbeFailure.TIMEOUT), AnswerHeaders.NONE);
    }

    /** What the limiter says at a time, the request counted just then included. */
    AnswerHeaders headers(double time) {
        List<Counted> inside = counted.stream().filter(c -> c.at() > time - length && c.at() <= time)
                .filter(c -> c.shows() <= time || c.at() == time).toList();
        double oldest = inside.stream().mapToDouble(Counted::at).min().orElse(time);
        Instant reset = switch (model.reset()) {
            case OLDEST_PLUS_WINDOW -> server(oldest + length);
            case NOW_PLUS_WINDOW, UNKNOWN -> server(time + length);
        };
        long remaining = Math.max(0, limit - inside.size());
        return headers(new RateLimitReading(limit, remaining, reset), server(time));
    }

    static AnswerHeaders headers(RateLimitReading reading, Instant date) {
        return new AnswerHeaders(Optional.of(reading), Optional.empty(), OptionalLong.empty(), OptionalLong.empty(),
                Optional.of(date), Optional.empty());
    }

    /** The server's clock, cut to whole seconds as headers have it. */
    Instant server(double time) {
        return Instant.ofEpochSecond(SERVER_START.getEpochSecond() + (long) Math.floor(time + serverMovedBy));
    }

    /** The proven silence, as seconds on the scene's clock; NaN where there is none. */
    double silentFrom() {
        return account.silence().map(span -> toSeconds(span.from())).orElse(Double.NaN);
    }

    double silentTo() {
        return account.silence().map(span -> toSeconds(span.to())).orElse(Double.NaN);
    }

    private double toSeconds(Moment moment) {
        return moment.sinceBoot().toNanos() / 1e9 + bootedAt;
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
