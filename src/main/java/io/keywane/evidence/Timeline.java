package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * When the limiter counted each request of one group, on the even clock of the boot in which silence is claimed. What a
 * restart of the host took, and where the server's clock was moved, is read from the Date headers.
 */
final class Timeline {
    /** How long after its sending a request without an answer may still reach the limiter. */
    private static final Duration FLIGHT = Duration.ofSeconds(30);
    /** Date has whole seconds, and may be a second old. */
    private static final Duration DATE = Duration.ofSeconds(1);
    private static final Duration AGREEMENT = Duration.ofSeconds(3);
    private static final long DRIFT = 10_000;
    private static final Duration LONGEST_DOUBT = Duration.ofDays(1);
    private static final Span UNKNOWN = new Span(Duration.ZERO, Duration.ofDays(365_000));

    private final Map<String, Span> shifts = new HashMap<>();
    private final Map<String, Sample> samples = new LinkedHashMap<>();
    private final Map<String, Span> offsets = new HashMap<>();
    private final String boot;
    private final List<Span> steps = new ArrayList<>();
    private final Set<String> copies = new HashSet<>();

    /** A stretch of time, or a time that is known from one end to the other. */
    record Span(Duration from, Duration to) {
        Span plus(Span other) {
            return new Span(from.plus(other.from), to.plus(other.to));
        }

        Duration length() {
            return to.minus(from);
        }
    }

    /** What the last answer of a boot leaves behind. */
    private record Mark(Span offset, Sample sample) {}

    Timeline(List<Sample> all, String boot) {
        this.boot = boot;
        Mark former = null;
        Map<String, Span> earlier = new LinkedHashMap<>();
        for (List<Sample> run : runs(all, boot)) {
            run.forEach(sample -> samples.put(sample.request(), sample));
            List<Sample> dated = run.stream().filter(Timeline::isUsable).toList();
            Optional<Span> shift = former == null || dated.isEmpty()
                    ? Optional.empty()
                    : shift(former, dated.getFirst());
            earlier.replaceAll((_, before) -> shift.map(before::plus).orElse(UNKNOWN));
            if (former != null) {
                earlier.put(former.sample().sent().boot(), shift.orElse(UNKNOWN));
            }
            // What another host did meanwhile takes nothing from this one's own clock.
            earlier.remove(run.getFirst().sent().boot());
            former = walk(dated).orElse(null);
        }
        earlier.values().removeIf(span -> span.length().compareTo(LONGEST_DOUBT) > 0);
        shifts.putAll(earlier);
        shifts.put(boot, new Span(Duration.ZERO, Duration.ZERO));
    }

    /** The samples in their order, cut where the work went over to another boot, up to the last of the claim's. */
    private static List<List<Sample>> runs(List<Sample> all, String boot) {
        List<List<Sample>> runs = new ArrayList<>();
        String last = "";
        for (Sample sample : all.stream().sorted(Comparator.comparing(s -> s.sent().wall())).toList()) {
            if (!sample.sent().boot().equals(last)) {
                runs.add(new ArrayList<>());
            }
            last = sample.sent().boot();
            runs.getLast().add(sample);
        }
        while (!runs.isEmpty() && !runs.getLast().getFirst().sent().boot().equals(boot)) {
            runs.removeLast();
        }
        runs.forEach(run -> run.sort(Comparator.comparing(s -> s.sent().sinceBoot())));
        return runs;
    }

    /** Whether an answer speaks for the limiter. */
    static boolean isUsable(Sample sample) {
        return sample.status() >= 200 && sample.status() < 300 && sample.outcome().equals("valid")
                && sample.date() != null && sample.limit() != null && sample.remaining() != null
                && sample.reset() != null;
    }

    /** Narrows how far the server's clock is from the even one, answer by answer; one that does not fit is a step. */
    private Optional<Mark> walk(List<Sample> dated) {
        Mark mark = null;
        for (Sample sample : dated) {
            if (mark != null && isSameAnswer(mark.sample(), sample)) {
                copies.add(sample.request());
            }
            Span own = offset(sample);
            Span now = own;
            if (mark != null) {
                Duration drift = gap(mark.sample().received(), sample.received()).abs().dividedBy(DRIFT);
                Span known = mark.offset();
                now = new Span(later(known.from().minus(drift), own.from()), sooner(known.to().plus(drift), own.to()));
                if (now.from().compareTo(now.to()) > 0) {
                    Duration back = later(Duration.ZERO, known.to().minus(own.from()));
                    if (sample.sent().boot().equals(boot)) {
                        Duration seen = sample.received().sinceBoot();
                        // What was counted before several steps stays in the window for all of them.
                        Duration until = steps.isEmpty() ? seen : later(seen, steps.getLast().to());
                        steps.add(new Span(seen, until.plus(back)));
                    }
                    now = own;
                }
            }
            offsets.put(sample.request(), now);
            mark = new Mark(now, sample);
        }
        return Optional.ofNullable(mark);
    }

    /** A second fresh answer of one second shows a request more: so this is a copy, kept by somebody on the way. */
    private static boolean isSameAnswer(Sample former, Sample sample) {
        return date(former).equals(date(sample)) && Objects.equals(former.limit(), sample.limit())
                && Objects.equals(former.remaining(), sample.remaining())
                && Objects.equals(former.reset(), sample.reset());
    }

    /** Whether the answer to a request is the one before it once more, so that it says nothing, not even that it was counted. */
    boolean isCopy(String request) {
        return copies.contains(request);
    }

    private static Span offset(Sample sample) {
        Duration shown = sinceEpoch(date(sample));
        return new Span(shown.minus(DATE).minus(sample.received().sinceBoot()),
                shown.plus(DATE).minus(sample.sent().sinceBoot()));
    }

    /** From the even clock of one boot to that of the next; empty where the server's clock and ours disagree. */
    private static Optional<Span> shift(Mark former, Sample first) {
        Duration passed = Duration.between(date(former.sample()), date(first));
        Duration drift = passed.abs().dividedBy(DRIFT);
        Duration ours = Duration.between(former.sample().received().wall(), first.received().wall());
        Duration flight = gap(first.sent(), first.received());
        if (ours.minus(passed).abs().compareTo(AGREEMENT.plus(drift).plus(flight)) > 0) {
            return Optional.empty();
        }
        Span next = offset(first);
        Duration slack = AGREEMENT.plus(drift);
        return Optional.of(new Span(former.offset().from().minus(next.to()).minus(slack),
                former.offset().to().minus(next.from()).plus(slack)));
    }

    /** When a request was counted, if it was; empty where a restart lies between whose length is not known. */
    Optional<Span> counted(Request request) {
        Moment settled = request.settled();
        Duration sent = request.sent().sinceBoot();
        Sample sample = samples.get(request.id());
        boolean answered = request.fate().equals("counted") && settled != null
                && settled.boot().equals(request.sent().boot());
        Duration latest = answered && settled != null ? settled.sinceBoot() : sent.plus(FLIGHT);
        Duration shown = sample == null || isCopy(sample.request()) ? latest : latest(sample);
        Span own = new Span(sent, answered ? sooner(latest, shown) : latest);
        return Optional.ofNullable(shifts.get(request.sent().boot())).map(own::plus);
    }

    /** When a sample of the claim's boot was counted. */
    Span counted(Sample sample) {
        return new Span(sample.sent().sinceBoot(), latest(sample));
    }

    private Duration latest(Sample sample) {
        Duration received = sample.received().sinceBoot();
        Span offset = offsets.get(sample.request());
        return offset == null ? received : sooner(received, sinceEpoch(date(sample)).plus(DATE).minus(offset.from()));
    }

    /** The earliest time at which the server's clock can have shown this, as a sample tells it. */
    Duration earliest(Instant server, Sample sample) {
        Span offset = offsets.getOrDefault(sample.request(), offset(sample));
        return sinceEpoch(server).minus(DATE).minus(offset.to());
    }

    /** Whether the server's clock was moved so lately that requests of uncertain age may be in a window. */
    boolean isBlind(Sample sample, Duration window) {
        return steps.stream().anyMatch(step -> sample.received().sinceBoot().compareTo(step.from()) >= 0
                && sample.sent().sinceBoot().minus(step.to()).compareTo(window) < 0);
    }

    /** The answer to a request. */
    Optional<Sample> answer(Request request) {
        return Optional.ofNullable(samples.get(request.id()));
    }

    private static Instant date(Sample sample) {
        Instant date = sample.date();
        if (date == null) {
            throw new IllegalArgumentException("a usable sample has a date");
        }
        return date;
    }

    private static Duration sinceEpoch(Instant instant) {
        return Duration.between(Instant.EPOCH, instant);
    }

    static Duration gap(Moment earlier, Moment later) {
        return later.sinceBoot().minus(earlier.sinceBoot());
    }

    static Duration later(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    static Duration sooner(Duration a, Duration b) {
        return b.compareTo(a) < 0 ? b : a;
    }
}
