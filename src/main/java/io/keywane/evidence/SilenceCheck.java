package io.keywane.evidence;

import io.keywane.evidence.Counting.Judged;
import io.keywane.evidence.Counting.Verdict;
import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Hole;
import io.keywane.evidence.EvidenceBundle.Policy;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.evidence.Timeline.Span;
import io.keywane.key.Moment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether the samples of one group show the silence that is claimed: recomputed from the headers, request by request, with
 * plain loops. Every instant of the claim must lie in a window whose count our own requests explain wholly, and each such
 * window must be confirmed by a later one that our oldest request has left; what lies in no window must be a hole that the
 * policy lets pass.
 */
final class SilenceCheck {
    private static final Duration CLOSED_REACH = Duration.ofMinutes(15);
    /** The daemon reckons in whole milliseconds. */
    private static final Duration GRAIN = Duration.ofMillis(5);
    /** Where Reset is no witness, so many silent samples in a row rule out a coincidence. */
    private static final int WITHOUT_WITNESS = 3;
    private static final int UNSEEN_PART = 10;

    private final Group group;
    private final Policy policy;
    private final List<Request> requests;
    private final List<Sample> samples;
    private final String subject;
    private final List<Finding> found = new ArrayList<>();

    SilenceCheck(Group group, EvidenceBundle bundle) {
        this.group = group;
        this.policy = bundle.claim().policy();
        this.requests = bundle.requests().stream().filter(r -> r.group().equals(group.group())).toList();
        this.samples = bundle.samples().stream().filter(s -> s.group().equals(group.group())).toList();
        this.subject = "silence of " + group.group();
    }

    List<Finding> findings() {
        Moment from = group.from();
        Moment to = group.to();
        if (from == null || to == null || !from.boot().equals(to.boot())) {
            return List.of(Finding.bad(subject, "none is claimed"));
        }
        Timeline times = new Timeline(samples, from.boot());
        Counting counting = new Counting(group, requests, times);
        List<Judged> here = samples.stream().filter(s -> s.sent().boot().equals(from.boot()))
                .sorted(Comparator.comparing(s -> s.sent().sinceBoot())).map(counting::judge).toList();
        here.stream().filter(judged -> speaksAgainst(judged, from))
                .forEach(judged -> bad("the sample of " + judged.sample().sent().wall() + " " + judged.why()));
        List<Span> spans = spans(here, times);
        group.holes().forEach(hole -> {
            holeFault(hole, here).ifPresent(this::bad);
            spans.add(new Span(hole.from().sinceBoot(), hole.to().sinceBoot()));
        });
        Duration reached = reach(spans, from.sinceBoot());
        if (reached.plus(GRAIN).compareTo(to.sinceBoot()) < 0) {
            bad("no proof after " + from.wall().plus(reached.minus(from.sinceBoot())) + ", of a claim up to "
                    + to.wall());
        }
        if (found.isEmpty()) {
            found.add(Finding.good(subject, "from " + from.wall() + " to " + to.wall() + " by " + here.size()
                    + " samples" + (group.holes().isEmpty() ? "" : ", with " + group.holes().size() + " holes")));
        }
        return List.copyOf(found);
    }

    /** Use that an answer shows may have been before the claim, as far back as its window reaches. */
    private static boolean speaksAgainst(Judged judged, Moment from) {
        Window window = judged.window();
        Duration reach = judged.verdict() == Verdict.IN_USE && window != null ? window.outside() : Duration.ZERO;
        boolean isBad = judged.verdict() == Verdict.SPOILS || judged.verdict() == Verdict.IN_USE;
        return isBad && judged.sample().sent().sinceBoot().minus(reach).compareTo(from.sinceBoot()) > 0;
    }

    private List<Span> spans(List<Judged> here, Timeline times) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            Sample sample = here.get(i).sample();
            boolean closedSince = i > 0 && here.get(i).verdict() == Verdict.CLOSED
                    && here.get(i - 1).verdict() == Verdict.CLOSED
                    && Timeline.gap(here.get(i - 1).sample().sent(), sample.sent()).compareTo(CLOSED_REACH) <= 0;
            if (closedSince) {
                spans.add(new Span(here.get(i - 1).sample().sent().sinceBoot(), sample.sent().sinceBoot()));
            }
            witnessed(here, i, times).ifPresent(spans::add);
        }
        return spans;
    }

    /** The time of which a silent sample tells, if a later one confirms it. */
    private Optional<Span> witnessed(List<Judged> here, int at, Timeline times) {
        Judged judged = here.get(at);
        Request witness = judged.witness();
        Window window = judged.window();
        if (judged.verdict() != Verdict.SILENT || witness == null || window == null) {
            return Optional.empty();
        }
        Span counted = times.counted(witness).orElseThrow();
        boolean isFixed = window.isFixed();
        if (!isConfirmed(here, at, counted, window)) {
            return Optional.empty();
        }
        return Optional.of(new Span(isFixed ? counted.to() : counted.from(), judged.sample().sent().sinceBoot()));
    }

    /** Whether a later silent sample of the same window, each not long after the one before, has lost the witness. */
    private boolean isConfirmed(List<Judged> here, int at, Span witness, Window window) {
        boolean isFixed = window.isFixed();
        boolean isWitnessEnough = isFixed || window.reset().equals("oldest_plus_window");
        int inRow = silentBefore(here, at, window);
        Sample last = here.get(at).sample();
        boolean isExplained = true;
        for (int i = at + 1; i < here.size(); i++) {
            Judged later = here.get(i);
            if (later.verdict() == Verdict.SPOILS || later.verdict() == Verdict.IN_USE) {
                return false;
            }
            isExplained = isExplained && isLostAtMost(later);
            if (isExplained && isShadow(later, window) && isNext(last, later.sample(), window)) {
                last = later.sample();
            }
            if (later.verdict() != Verdict.SILENT || !window.equals(later.window())) {
                continue;
            }
            if (!isNext(last, later.sample(), window)) {
                return false;
            }
            isExplained = true;
            last = later.sample();
            inRow++;
            boolean hasLeft = isFixed || last.sent().sinceBoot().minus(witness.to())
                    .compareTo(window.outside()) > 0;
            if (hasLeft && (isWitnessEnough || inRow >= WITHOUT_WITNESS)) {
                return true;
            }
        }
        return false;
    }

    private int silentBefore(List<Judged> here, int at, Window window) {
        int inRow = 1;
        Sample next = here.get(at).sample();
        for (int i = at - 1; i >= 0; i--) {
            if (here.get(i).verdict() == Verdict.SPOILS || here.get(i).verdict() == Verdict.IN_USE) {
                return inRow;
            }
            if (isShadow(here.get(i), window) && isNext(here.get(i).sample(), next, window)) {
                next = here.get(i).sample();
            }
            if (here.get(i).verdict() == Verdict.SILENT && window.equals(here.get(i).window())) {
                if (!isNext(here.get(i).sample(), next, window)) {
                    return inRow;
                }
                next = here.get(i).sample();
                inRow++;
            }
        }
        return inRow;
    }

    /** Where shadows are let pass, what may be our own lost requests hides nothing that the sample before did not show yet. */
    private boolean isShadow(Judged judged, Window window) {
        return policy.shadowSpans().equals("allow") && judged.verdict() == Verdict.UNDETERMINED
                && window.equals(judged.window()) && isLostAtMost(judged);
    }

    private static boolean isLostAtMost(Judged judged) {
        return judged.verdict() != Verdict.UNDETERMINED || judged.unexplained() <= judged.lost();
    }

    private boolean isNext(Sample before, Sample after, Window window) {
        boolean isChained = !window.isFixed() || policy.fixedWindows().equals("coverage")
                || Counting.reset(before).equals(Counting.reset(after));
        return isChained && Timeline.gap(before.sent(), after.sent()).compareTo(window.reach().plus(GRAIN)) <= 0;
    }

    /** Why a hole may not be let pass. */
    private Optional<String> holeFault(Hole hole, List<Judged> here) {
        Duration from = hole.from().sinceBoot();
        Duration to = hole.to().sinceBoot();
        String name = "the hole at " + hole.from().wall() + " ";
        List<Window> shown = here.stream().flatMap(j -> Optional.ofNullable(j.window()).stream()).distinct().toList();
        if (hole.cause().equals("window_end")) {
            boolean isShort = shown.stream().filter(w -> w.isFixed())
                    .anyMatch(w -> to.minus(from).minus(GRAIN).compareTo(w.length().dividedBy(UNSEEN_PART)) <= 0);
            return policy.fixedWindows().equals("coverage") && isShort
                    ? Optional.empty()
                    : Optional.of(name + "is no end of a fixed window that the policy lets pass");
        }
        long lost = requests.stream().filter(r -> !r.fate().equals("counted")).filter(r -> isIn(r.sent(), hole))
                .count();
        boolean isShort = shown.stream().filter(w -> !w.isFixed()).anyMatch(w -> isPassable(hole, w));
        boolean isExplained = here.stream().filter(j -> j.verdict() == Verdict.UNDETERMINED)
                .filter(j -> isIn(j.sample().sent(), hole)).allMatch(j -> j.unexplained() <= j.lost());
        return policy.shadowSpans().equals("allow") && hole.cause().equals("lost_reply") && lost > 0 && isShort
                && isExplained
                        ? Optional.empty()
                        : Optional.of(name + "is not explained by lost replies of ours that the policy lets pass");
    }

    /** No longer than a window and the pause before the next request: from the last sample, for the hole begins a lag earlier. */
    private boolean isPassable(Hole hole, Window window) {
        Duration last = hole.from().sinceBoot().plus(window.lag());
        Duration wait = requests.stream().filter(r -> r.sent().boot().equals(hole.from().boot()))
                .map(r -> r.sent().sinceBoot()).filter(sent -> sent.compareTo(last.plus(GRAIN)) > 0)
                .min(Comparator.naturalOrder()).orElse(last).minus(last);
        return hole.to().sinceBoot().minus(last).minus(GRAIN).compareTo(window.length().plus(wait)) <= 0;
    }

    private static boolean isIn(Moment at, Hole hole) {
        return at.boot().equals(hole.from().boot())
                && at.sinceBoot().compareTo(hole.from().sinceBoot()) > 0
                && at.sinceBoot().compareTo(hole.to().sinceBoot().plus(GRAIN)) <= 0;
    }

    /** How far the spans cover without a gap. */
    private static Duration reach(List<Span> spans, Duration from) {
        Duration reached = from;
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            if (span.from().minus(GRAIN).compareTo(reached) > 0) {
                return reached;
            }
            reached = Timeline.later(reached, span.to());
        }
        return reached;
    }

    private void bad(String text) {
        found.add(Finding.bad(subject, text));
    }
}
