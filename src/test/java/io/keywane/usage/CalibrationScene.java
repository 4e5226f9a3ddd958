package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.CalibrationServer.Reading;
import io.keywane.usage.CalibrationServer.Window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

import static java.util.Objects.requireNonNull;

/** Plays a calibration of one key's groups against limiters whose truth is known, with a network that loses and delays. */
final class CalibrationScene {
    static final VersionId VERSION = new VersionId("0123456789abcdef0123456789abcdef");
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final double TIMEOUT = 5;

    /** One request of somebody else. */
    record Foreign(double at, LimiterGroup group) {}

    final Random random;
    final Map<LimiterGroup, CalibrationServer> servers = new TreeMap<>();
    final Map<LimiterGroup, Calibration> known = new TreeMap<>();
    final List<Foreign> foreign = new ArrayList<>();
    final List<OwnRequest> earlier = new ArrayList<>();
    Duration timeLimit = Duration.ofMinutes(15);
    double share = 0.1;
    /** Whether another key can be used, and whether its requests move this one's count. */
    boolean otherKey;
    boolean shared;
    /** Whether a missing resource can be asked for, and whether that counts. */
    boolean missing;
    boolean missingCounts;
    int otherSent;
    int missingSent;
    double latency = 0.02;
    double jitter = 0.05;
    double lateness = 0.05;
    double lostRequests;
    double lostReplies;
    double clockOffset;
    double took;
    int sent;
    int requests;
    double mostShare;

    CalibrationScene(long seed) {
        // Neighbouring seeds begin alike unless they are spread.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    static Moment at(double time) {
        return new Moment("boot", seconds(1_000 + time), START.plus(seconds(time)));
    }

    private static Duration seconds(double value) {
        return Duration.ofNanos((long) (value * 1e9));
    }

    private static double time(Moment moment) {
        return moment.sinceBoot().toNanos() / 1e9 - 1_000;
    }

    /** A request of ours before the calibration, say the one that verified the key. */
    void before(double when, LimiterGroup group) {
        server(group).request(when + 0.01 + clockOffset);
        Moment sentAt = at(when);
        earlier.add(OwnRequest.opened("before" + requests++, VERSION, group, sentAt).settle(OwnFate.COUNTED,
                at(when + 0.02)));
    }

    private CalibrationServer server(LimiterGroup group) {
        return requireNonNull(servers.get(group));
    }

    Map<LimiterGroup, Calibration> run() {
        CalibratorSettings settings = new CalibratorSettings(timeLimit, share, CalibratorSettings.USUAL_LENGTHS,
                otherKey, missing);
        Map<LimiterGroup, Calibrator> running = new TreeMap<>();
        servers.keySet().forEach(group -> running.put(group, new Calibrator(group, settings, at(0),
                earlier.stream().filter(e -> e.group().equals(group)).toList(),
                Optional.ofNullable(known.get(group)))));
        PriorityQueue<Foreign> others = new PriorityQueue<>(
                Comparator.comparingDouble(Foreign::at));
        others.addAll(foreign);
        Map<LimiterGroup, Calibration> done = new TreeMap<>();
        Map<LimiterGroup, List<Double>> own = new TreeMap<>();
        double now = 0;
        CalibratorStep.Target target = CalibratorStep.Target.THIS_KEY;
        while (done.size() < running.size()) {
            LimiterGroup next = null;
            double due = Double.MAX_VALUE;
            for (Map.Entry<LimiterGroup, Calibrator> entry : running.entrySet()) {
                if (done.containsKey(entry.getKey())) {
                    continue;
                }
                switch (entry.getValue().next(at(now))) {
                    case CalibratorStep.Send send -> {
                        if (time(send.at()) < due) {
                            due = time(send.at());
                            next = entry.getKey();
                            target = send.target();
                        }
                    }
                    case CalibratorStep.Done over -> done.put(entry.getKey(), over.calibration());
                }
            }
            if (next == null) {
                continue;
            }
            now = Math.max(now, due) + random.nextDouble() * lateness;
            double counting = now + latency + random.nextDouble() * jitter;
            while (!others.isEmpty() && others.peek().at() <= counting) {
                Foreign other = others.poll();
                server(other.group()).request(other.at() + clockOffset);
            }
            if (target == CalibratorStep.Target.OTHER_KEY) {
                now = sendOther(next, requireNonNull(running.get(next)), now, counting);
                continue;
            }
            if (target == CalibratorStep.Target.MISSING_RESOURCE) {
                now = sendMissing(next, requireNonNull(running.get(next)), now, counting);
                continue;
            }
            now = send(next, requireNonNull(running.get(next)), now, counting);
            own.computeIfAbsent(next, _ -> new ArrayList<>()).add(counting);
            double length = server(next).windows.getFirst().length();
            double edge = counting - length;
            double inside = own.get(next).stream().filter(t -> t > edge).count();
            mostShare = Math.max(mostShare, inside / server(next).windows.getFirst().limit());
        }
        took = now;
        return Calibration.together(done);
    }

    /** Sends one request; when its answer is there or given up. */
    private double send(LimiterGroup group, Calibrator calibrator, double now, double counting) {
        sent++;
        boolean lost = random.nextDouble() < lostRequests;
        Reading reading = lost ? null : server(group).request(counting + clockOffset);
        boolean mute = lost || random.nextDouble() < lostReplies;
        double received = mute ? now + TIMEOUT : counting + latency + random.nextDouble() * jitter;
        OwnRequest entry = OwnRequest.opened("own" + requests++, VERSION, group, at(now));
        calibrator.settled(mute || reading == null
                ? new Sample(entry.id(), VERSION, group, ProbeKind.LIVENESS, at(now), at(received), 0,
                        ProbeOutcome.UNKNOWN, Optional.of(ProbeFailure.TIMEOUT), AnswerHeaders.NONE)
                : new Sample(entry.id(), VERSION, group, ProbeKind.LIVENESS, at(now), at(received), 200,
                        ProbeOutcome.VALID, Optional.empty(), headers(reading, counting)));
        return received;
    }

    private double sendOther(LimiterGroup group, Calibrator calibrator, double now, double counting) {
        otherSent++;
        Reading reading = shared
                ? server(group).request(counting + clockOffset)
                : new Reading(360, 200, (long) counting);
        calibrator.other(sample(group, now, counting, 200, headers(reading, counting)));
        return counting + latency;
    }

    private double sendMissing(LimiterGroup group, Calibrator calibrator, double now, double counting) {
        missingSent++;
        if (missingCounts) {
            server(group).request(counting + clockOffset);
        }
        calibrator.settled(sample(group, now, counting, 404, AnswerHeaders.NONE));
        return counting + latency;
    }

    private Sample sample(LimiterGroup group, double now, double counting, int status, AnswerHeaders headers) {
        return new Sample("own" + requests++, VERSION, group, ProbeKind.LIVENESS, at(now), at(counting + latency),
                status, ProbeOutcome.ofStatus(status), Optional.empty(), headers);
    }

    private AnswerHeaders headers(Reading reading, double counting) {
        // The server's epoch is START less what its clock is off, so its seconds are START's plus the offset.
        long zero = START.getEpochSecond();
        return new AnswerHeaders(
                Optional.of(new RateLimitReading(reading.limit(), reading.remaining(),
                        Instant.ofEpochSecond(zero + reading.reset()))),
                Optional.empty(), OptionalLong.empty(), OptionalLong.empty(),
                Optional.of(Instant.ofEpochSecond(zero + (long) Math.floor(counting + clockOffset))), Optional.empty());
    }

    /** Whether a measured window says what the server does. */
    boolean isTrue(WindowModel claim, CalibrationServer server) {
        // A lag within a flight cannot be seen, and shows as a Remaining that does not count the answered request yet.
        double invisible = 2 * (latency + jitter) + lateness;
        Optional<Window> window = server.windows.stream().filter(w -> w.limit() == claim.limit()).findFirst();
        if (window.isEmpty() || window.get().length() != claim.length().toSeconds() || server.nodes > 1
                || server.lag > invisible) {
            return false;
        }
        boolean counts = server.lag == 0 ? claim.countsAnswered() == server.counts : !claim.countsAnswered();
        if (claim.kind() == WindowModel.Kind.FIXED) {
            return server.model.isFixed() && counts;
        }
        boolean reset = claim.reset() == (server.reset == CalibrationServer.Reset.NOW
                ? WindowModel.ResetMeaning.NOW_PLUS_WINDOW
                : WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW);
        return server.model.isRolling() && counts && reset
                && claim.tolerance().toMillis() >= server.deviation(window.get()) * 1000;
    }
}
