package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.key.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether the samples of one group show the silence that is claimed: recomputed from the headers, request by request, with
 * plain loops. Every instant of the claim must lie in a window whose count our own requests explain wholly, and each such
 * window must be confirmed by a later one that our oldest request has left.
 */
final class SilenceCheck {
    private static final Duration FLIGHT = Duration.ofSeconds(30);
    private static final Duration RESET_SLACK = Duration.ofSeconds(3);
    private static final Duration CLOSED_REACH = Duration.ofMinutes(15);

    private final Group group;
    private final List<Request> requests;
    private final List<Sample> samples;

    /** A stretch of proven silence, as times since boot. */
    private record Span(Duration from, Duration to) {}

    /** What the counter said at one sample. */
    private record Count(long lo, long hi, Optional<Request> oldest) {}

    SilenceCheck(Group group, EvidenceBundle bundle) {
        this.group = group;
        this.requests = bundle.requests().stream().filter(r -> r.group().equals(group.group())).toList();
        this.samples = bundle.samples().stream().filter(s -> s.group().equals(group.group()))
                .sorted(Comparator.comparing(s -> s.sent().wall())).toList();
    }

    List<Finding> findings() {
        String subject = "silence of " + group.group();
        Moment from = group.from();
        Moment to = group.to();
        if (from == null || to == null) {
            return List.of(Finding.bad(subject, "none is claimed"));
        }
        List<Sample> here = samples.stream().filter(s -> s.sent().boot().equals(from.boot())).toList();
        List<Finding> found = new ArrayList<>();
        for (Sample sample : here) {
            boolean within = sample.sent().sinceBoot().compareTo(from.sinceBoot()) > 0
                    && sample.sent().sinceBoot().compareTo(to.sinceBoot()) <= 0;
            if (within) {
                spoils(sample).ifPresent(why -> found.add(Finding.bad(subject, "the sample of " + sample.sent().wall()
                        + " " + why)));
            }
        }
        Duration reached = reach(spans(here), from.sinceBoot());
        if (reached.compareTo(to.sinceBoot()) < 0) {
            found.add(Finding.bad(subject, "no proof after "
                    + from.wall().plus(reached.minus(from.sinceBoot())) + ", of a claim up to " + to.wall()));
        }
        if (found.isEmpty()) {
            found.add(Finding.good(subject, "from " + from.wall() + " to " + to.wall() + " by " + here.size()
                    + " samples"));
        }
        return found;
    }

    /** Why a sample within the claim speaks against it. */
    private Optional<String> spoils(Sample sample) {
        if (sample.status() == 429 || sample.status() == 401) {
            return Optional.of("was refused (" + sample.status() + ")");
        }
        Long remaining = sample.remaining();
        if (remaining != null && remaining == 0) {
            return Optional.of("found the limit reached");
        }
        return count(sample).filter(count -> count.lo() > 0)
                .map(count -> "shows at least " + count.lo() + " requests of others");
    }

    private List<Span> spans(List<Sample> here) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            Sample sample = here.get(i);
            boolean closedSince = i > 0 && sample.status() == 403 && here.get(i - 1).status() == 403
                    && gap(here.get(i - 1).sent(), sample.sent()).compareTo(CLOSED_REACH) <= 0;
            if (closedSince) {
                spans.add(new Span(here.get(i - 1).sent().sinceBoot(), sample.sent().sinceBoot()));
            }
            silent(sample).filter(oldest -> isConfirmed(sample, oldest, here)).ifPresent(oldest -> {
                Window window = window(sample).orElseThrow();
                Duration seen = sample.received().sinceBoot().minus(window.length()).plus(window.tolerance());
                Duration witnessed = oldest.sent().sinceBoot();
                spans.add(new Span(seen.compareTo(witnessed) > 0 ? seen : witnessed, sample.sent().sinceBoot()));
            });
        }
        return spans;
    }

    /** Our oldest request in the window of a sample in which there is nobody else's. */
    private Optional<Request> silent(Sample sample) {
        return count(sample).filter(count -> count.hi() == 0 && isResetRight(sample, count)).flatMap(Count::oldest);
    }

    private boolean isConfirmed(Sample sample, Request oldest, List<Sample> here) {
        Window window = window(sample).orElseThrow();
        Duration gone = window.length().plus(window.tolerance());
        return here.stream().filter(later -> later.sent().sinceBoot().compareTo(sample.sent().sinceBoot()) > 0)
                .filter(later -> Optional.ofNullable(later.limit()).equals(Optional.ofNullable(sample.limit())))
                .filter(later -> gap(latestCount(oldest), later.sent()).compareTo(gone) > 0)
                .anyMatch(later -> silent(later).isPresent());
    }

    private Optional<Count> count(Sample sample) {
        Optional<Window> found = window(sample);
        Long limit = sample.limit();
        Long remaining = sample.remaining();
        boolean usable = sample.status() >= 200 && sample.status() < 300 && sample.date() != null;
        if (found.isEmpty() || limit == null || remaining == null || remaining <= 0 || !usable) {
            return Optional.empty();
        }
        Window window = found.get();
        long used = limit - remaining + (window.countsAnswered() ? 0 : 1);
        long certain = 1;
        long possible = 1;
        Request oldest = null;
        for (Request request : requests) {
            if (request.id().equals(sample.request())) {
                continue;
            }
            if (isCertain(request, sample, window)) {
                certain++;
                oldest = oldest == null || gap(request.sent(), oldest.sent()).isPositive() ? request : oldest;
            }
            if (isPossible(request, sample, window)) {
                possible++;
            }
        }
        return Optional.of(new Count(used - possible, used - certain, Optional.ofNullable(oldest)));
    }

    private static boolean isCertain(Request request, Sample sample, Window window) {
        Moment settled = request.settled();
        if (!request.fate().equals("counted") || settled == null
                || !request.sent().boot().equals(sample.sent().boot())) {
            return false;
        }
        boolean answered = settled.sinceBoot().compareTo(sample.sent().sinceBoot()) <= 0;
        return answered && gap(request.sent(), sample.received()).plus(window.tolerance())
                .compareTo(window.length()) < 0;
    }

    private static boolean isPossible(Request request, Sample sample, Window window) {
        if (!request.sent().boot().equals(sample.sent().boot())) {
            Duration apart = Duration.between(request.sent().wall(), sample.sent().wall());
            return apart.compareTo(window.length().plus(window.tolerance()).plus(FLIGHT)) <= 0;
        }
        boolean before = request.sent().sinceBoot().compareTo(sample.received().sinceBoot()) < 0;
        return before
                && gap(latestCount(request), sample.sent()).compareTo(window.length().plus(window.tolerance())) <= 0;
    }

    private static Moment latestCount(Request request) {
        Moment settled = request.settled();
        return request.fate().equals("counted") && settled != null ? settled : request.sent().plus(FLIGHT);
    }

    /** Where Reset is a witness, it must name our own oldest request. */
    private boolean isResetRight(Sample sample, Count count) {
        Window window = window(sample).orElseThrow();
        if (sample.reset() == null || sample.date() == null || window.reset().equals("unknown")) {
            return window.reset().equals("unknown");
        }
        Duration sinceOldest = window.length().minus(Duration.between(sample.date(), sample.reset()));
        if (window.reset().equals("now_plus_window")) {
            return sinceOldest.abs().compareTo(RESET_SLACK) <= 0;
        }
        Duration least = count.oldest().map(r -> gap(latestCount(r), sample.sent())).orElse(Duration.ZERO);
        Duration slack = window.tolerance().plus(RESET_SLACK);
        Duration most = requests.stream().filter(r -> isPossible(r, sample, window))
                .filter(r -> r.sent().boot().equals(sample.sent().boot()))
                .map(r -> gap(r.sent(), sample.received())).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
        return sinceOldest.compareTo(least.minus(slack)) >= 0 && sinceOldest.compareTo(most.plus(slack)) <= 0;
    }

    private Optional<Window> window(Sample sample) {
        Long limit = sample.limit();
        return limit == null ? Optional.empty() : group.window(limit).filter(w -> w.kind().equals("rolling"));
    }

    /** How far the spans cover without a gap. */
    private static Duration reach(List<Span> spans, Duration from) {
        Duration reached = from;
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            if (span.from().compareTo(reached) > 0) {
                return reached;
            }
            reached = span.to().compareTo(reached) > 0 ? span.to() : reached;
        }
        return reached;
    }

    private static Duration gap(Moment earlier, Moment later) {
        return later.sinceBoot().minus(earlier.sinceBoot());
    }
}
