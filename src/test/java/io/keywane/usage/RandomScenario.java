package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One random history of a key, drawn from a seed: consumers of several habits, an exact rolling limiter, our own probes with
 * what becomes of them on the way. Keeps the truth that headers do not show, and checks each claim against it.
 */
final class RandomScenario {
    private static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    private static final LimiterGroup GROUP = new LimiterGroup("general");
    private static final Instant SERVER_START = Instant.parse("2026-03-01T00:00:00Z");
    private static final double WINDOW = 60;
    private static final double TIMEOUT = 10;

    /** What a scenario is made of. */
    record Hazards(double lostRequests, double lostReplies, double gaps, boolean wipes, boolean steps) {
        static final Hazards NONE = new Hazards(0, 0, 0, false, false);
    }

    /** One request that the limiter counts. */
    private record Counted(double at, double serverStamp, boolean foreign) {}

    private final Random random;
    private final Hazards hazards;
    private final WindowModel model;
    private final GroupAccount account;
    private final double duration;
    private final double quietFrom;
    private final PriorityQueue<Double> foreignToCome = new PriorityQueue<>();
    private final PriorityQueue<Double> lateToCome = new PriorityQueue<>();
    private final List<Counted> counted = new ArrayList<>();
    private final List<Double> foreignTruth = new ArrayList<>();
    private double serverMovedBy;
    private double nextWipe = Double.MAX_VALUE;
    private double lastWipe = -1_000;
    private double step = Double.MAX_VALUE;
    private double sampled;
    private double busyUntil;
    private int requests;
    int claims;
    int inUse;
    final List<String> lies = new ArrayList<>();
    double provenAt = Double.NaN;

    RandomScenario(long seed, Hazards hazards, double duration, double quietFrom) {
        this.random = new Random(seed);
        this.hazards = hazards;
        this.duration = duration;
        this.quietFrom = quietFrom;
        ResetMeaning reset = hazards.wipes()
                ? ResetMeaning.OLDEST_PLUS_WINDOW
                : anyOf(random, ResetMeaning.class);
        this.model = new WindowModel(List.of(30L, 100L, 360L).get(random.nextInt(3)),
                Duration.ofSeconds((long) WINDOW), Kind.ROLLING, Duration.ofSeconds(2), random.nextBoolean(), reset);
        this.account = new GroupAccount(VERSION, GROUP, limit -> Optional.of(KnownWindow.declared(model)));
        consumers();
        if (hazards.wipes()) {
            nextWipe = random.nextDouble() * duration;
        }
        if (hazards.steps()) {
            step = random.nextDouble() * duration;
        }
    }

    private static <E extends Enum<E>> E anyOf(Random random, Class<E> type) {
        List<E> all = List.copyOf(EnumSet.allOf(type));
        return all.get(random.nextInt(all.size()));
    }

    private void consumers() {
        int number = random.nextInt(4);
        for (int i = 0; i < number; i++) {
            double from = random.nextBoolean() ? 0 : random.nextDouble() * duration;
            double to = Math.min(quietFrom, random.nextBoolean() ? duration : from + random.nextDouble() * 1_200);
            double period = List.of(2.0, 24.0, 30.0, 60.0, 61.0, 120.0, 300.0, 900.0).get(random.nextInt(8));
            boolean regular = random.nextBoolean();
            int burst = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1;
            double time = from + random.nextDouble() * period;
            while (time < to) {
                for (int b = 0; b < burst && time + b * 0.2 < to; b++) {
                    foreignToCome.add(time + b * 0.2);
                }
                time += regular ? period : -period * Math.log(1 - random.nextDouble());
            }
        }
    }

    /** Plays the whole history; {@code quietPeriod} is the silence whose proof is timed. */
    RandomScenario play(double quietPeriod) {
        double time = random.nextDouble() * 24;
        while (time < duration) {
            UsagePoint point = probe(time);
            check(point);
            boolean proven = account.silence().filter(s -> s.length().toNanos() / 1e9 >= quietPeriod).isPresent();
            if (Double.isNaN(provenAt) && proven && time > quietFrom) {
                provenAt = time;
            }
            double next = time + (random.nextDouble() < hazards.gaps() ? random.nextDouble() * 400 : pause());
            time = Math.max(next, busyUntil);
        }
        return this;
    }

    private double pause() {
        boolean extra = hazards.gaps() > 0 && random.nextInt(20) == 0;
        return extra ? 1 + random.nextDouble() * 20 : 24 + random.nextDouble();
    }

    private UsagePoint probe(double time) {
        OwnRequest entry = OwnRequest.opened("r" + requests++, VERSION, GROUP, at(time));
        account.enter(entry);
        double count = time + 0.02 + random.nextDouble() * 0.4;
        if (random.nextDouble() < hazards.lostRequests()) {
            if (random.nextBoolean()) {
                lateToCome.add(time + random.nextDouble() * 25);
            }
            return unanswered(entry, time);
        }
        advance(count);
        boolean replyLost = random.nextDouble() < hazards.lostReplies();
        if (inside(count).size() >= model.limit()) {
            return settle(entry, sample(entry, count + 0.1, 429, ProbeOutcome.VALID_RATE_LIMITED, AnswerHeaders.NONE));
        }
        List<Counted> before = inside(count);
        Counted own = new Counted(count, server(count), false);
        sampled = count;
        counted.add(own);
        if (replyLost) {
            return unanswered(entry, time);
        }
        return settle(entry, sample(entry, count + 0.02 + random.nextDouble() * 0.4, 200, ProbeOutcome.VALID,
                headers(before, own)));
    }

    private UsagePoint unanswered(OwnRequest entry, double time) {
        advance(time + TIMEOUT);
        Sample sample = new Sample(entry.id(), VERSION, GROUP, ProbeKind.LIVENESS, entry.sent(), at(time + TIMEOUT), 0,
                ProbeOutcome.UNKNOWN, Optional.of(ProbeFailure.TIMEOUT), AnswerHeaders.NONE);
        return settle(entry, sample);
    }

    private Sample sample(OwnRequest entry, double received, int status, ProbeOutcome outcome, AnswerHeaders headers) {
        return new Sample(entry.id(), VERSION, GROUP, ProbeKind.LIVENESS, entry.sent(), at(received), status, outcome,
                Optional.empty(), headers);
    }

    private UsagePoint settle(OwnRequest entry, Sample sample) {
        account.enter(entry.settle(sample.fate(), sample.received()));
        busyUntil = sample.received().sinceBoot().toNanos() / 1e9;
        return account.observe(sample);
    }

    /** Lets everything happen that happens up to a time, in order. */
    private void advance(double to) {
        while (true) {
            double foreign = foreignToCome.isEmpty() ? Double.MAX_VALUE : foreignToCome.peek();
            double late = lateToCome.isEmpty() ? Double.MAX_VALUE : lateToCome.peek();
            double next = Math.min(Math.min(foreign, late), Math.min(nextWipe, step));
            if (next > to) {
                counted.removeIf(c -> c.at() < to - 4_000);
                return;
            }
            if (next == nextWipe) {
                counted.clear();
                lastWipe = next;
                nextWipe = next + 200 + random.nextDouble() * 2_000;
            } else if (next == step) {
                serverMovedBy += (random.nextBoolean() ? 1 : -1) * (10 + random.nextDouble() * 200);
                step = Double.MAX_VALUE;
            } else if (next == foreign) {
                foreignToCome.remove();
                count(next, true);
            } else {
                lateToCome.remove();
                count(next, false);
            }
        }
    }

    private void count(double time, boolean foreign) {
        // Use right after a wipe can stand in for what was wiped: the one coincidence that no header shows.
        boolean coincidence = foreign && time - lastWipe < 10;
        if (coincidence || inside(time).size() >= model.limit()) {
            return;
        }
        counted.add(new Counted(time, server(time), foreign));
        if (foreign) {
            foreignTruth.add(time);
        }
    }

    private List<Counted> inside(double time) {
        double edge = server(time) - WINDOW;
        return counted.stream().filter(c -> c.serverStamp() > edge).toList();
    }

    private AnswerHeaders headers(List<Counted> before, Counted own) {
        double now = own.serverStamp();
        double oldest = before.stream().mapToDouble(Counted::serverStamp).min().orElse(now);
        Instant reset = epoch(model.reset() == ResetMeaning.OLDEST_PLUS_WINDOW ? oldest + WINDOW : now + WINDOW);
        long used = model.countsAnswered() ? before.size() + 1L : before.size();
        return new AnswerHeaders(Optional.of(new RateLimitReading(model.limit(), model.limit() - used, reset)),
                Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.of(epoch(now)),
                Optional.empty());
    }

    private void check(UsagePoint point) {
        account.silence().ifPresent(span -> {
            claims++;
            double from = span.from().sinceBoot().toNanos() / 1e9;
            double to = span.to().sinceBoot().toNanos() / 1e9;
            foreignTruth.stream().filter(t -> t > from && t <= to).findFirst()
                    .ifPresent(t -> lies.add("silence " + from + " to " + to + " claimed, but used at " + t));
        });
        boolean exact = !hazards.wipes() && !hazards.steps();
        boolean counts = point.verdict() != Verdict.UNKNOWN && point.verdict() != Verdict.CLOSED;
        if (point.verdict() == Verdict.IN_USE) {
            inUse++;
        }
        if (exact && counts) {
            long truth = foreignTruth.stream().filter(t -> t > sampled - WINDOW && t <= sampled).count();
            if (truth < point.foreign().lo() || truth > point.foreign().hi()) {
                lies.add("foreign " + point.foreign() + " at " + sampled + ", but it was " + truth);
            }
        }
    }

    boolean hasForeignUse() {
        return !foreignTruth.isEmpty();
    }

    private Moment at(double time) {
        return new Moment("boot-1", Duration.ofNanos(Math.round(time * 1e9)),
                SERVER_START.plusNanos(Math.round(time * 1e9)));
    }

    private double server(double time) {
        return time + serverMovedBy;
    }

    private static Instant epoch(double server) {
        return Instant.ofEpochSecond(SERVER_START.getEpochSecond() + (long) Math.floor(server));
    }
}
