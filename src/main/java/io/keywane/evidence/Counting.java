package io.keywane.evidence;

import io.keywane.evidence.EvidenceBundle.Group;
import io.keywane.evidence.EvidenceBundle.Request;
import io.keywane.evidence.EvidenceBundle.Sample;
import io.keywane.evidence.EvidenceBundle.Window;
import io.keywane.evidence.Timeline.Span;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What each answer of one group says of others: its count, less our own requests in its window, one by one. */
final class Counting {
    private static final Duration RESET_SLACK = Duration.ofSeconds(3);
    private static final Duration FIXED_SLACK = Duration.ofSeconds(3);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Group group;
    private final List<Dated> requests = new ArrayList<>();
    /** Of boots whose distance is not known. */
    private final List<Request> undated = new ArrayList<>();
    private final Timeline times;
    private Duration longest = Duration.ZERO;
    private long shown;
    private boolean isMapVoid;
    /** Until then a fixed window may go on for longer than it is: the server's clock was moved back in it. */
    private Duration endless = Duration.ofDays(-365_000);

    /** What an answer says. */
    enum Verdict {
        /** Others may have been refused, or the counter contradicts itself: no silence goes on. */
        SPOILS,
        /** Others used the key within the window. */
        IN_USE,
        /** Nothing. */
        NOTHING,
        UNDETERMINED,
        SILENT,
        CLOSED
    }

    /**
     * What an answer says, and by which of our requests.
     *
     * @param unexplained the most requests of others; of no meaning where nothing was counted
     * @param lost own requests of unknown fate that may be among them
     * @param witness our oldest request that is certainly in the window
     */
    record Judged(
            Sample sample,
            Verdict verdict,
            String why,
            @Nullable Window window,
            long unexplained,
            long lost,
            @Nullable Request witness) {
        static Judged of(Sample sample, Verdict verdict, String why) {
            return new Judged(sample, verdict, why, null, 0, 0, null);
        }
    }

    private record Dated(Request request, Span counted, boolean isCounted) {}

    /** Our own requests in the window of one answer, this one included. */
    private static final class Own {
        private long certain = 1;
        private long possible = 1;
        private long lost;
        private @Nullable Request witness;
        private @Nullable Duration sure;
        /** When the witness was counted at the earliest; where there is none, the answered request itself. */
        private Duration oldest;

        Own(Duration self) {
            this.oldest = self;
        }

        /** Takes the next, from the oldest on. */
        void add(Dated dated, boolean isIn) {
            boolean isCounted = dated.isCounted();
            possible++;
            if (!isIn || !isCounted) {
                lost += isCounted ? 0 : 1;
                return;
            }
            certain++;
            if (witness == null) {
                witness = dated.request();
                oldest = dated.counted().from();
                sure = dated.counted().to();
            }
        }
    }

    Counting(Group group, List<Request> requests, Timeline times) {
        this.group = group;
        this.times = times;
        for (Request request : requests) {
            Optional<Span> counted = times.counted(request);
            if (counted.isEmpty()) {
                undated.add(request);
                continue;
            }
            boolean isCounted = request.fate().equals("counted") && !times.isCopy(request.id());
            this.requests.add(new Dated(request, counted.get(), isCounted));
            longest = Timeline.later(longest, counted.get().length());
        }
        this.requests.sort(Comparator.comparing(dated -> dated.counted().from()));
    }

    /** Takes the next answer, in the order of time. */
    Judged judge(Sample sample) {
        if (sample.status() == 429) {
            return Judged.of(sample, Verdict.SPOILS, "was refused (" + sample.status() + ")");
        }
        if (sample.outcome().equals("valid_plan_limited")) {
            isMapVoid = true;
            return Judged.of(sample, Verdict.CLOSED, "is closed to the plan");
        }
        Long limit = sample.limit();
        Long remaining = sample.remaining();
        if (!Timeline.isUsable(sample) || limit == null || remaining == null) {
            return Judged.of(sample, Verdict.NOTHING, "says nothing");
        }
        if (times.isCopy(sample.request())) {
            return Judged.of(sample, Verdict.NOTHING, "is the answer before it once more");
        }
        Optional<Window> found = group.window(limit);
        isMapVoid = isMapVoid || found.isEmpty() || (shown != 0 && shown != limit);
        shown = limit;
        if (found.isEmpty()) {
            return Judged.of(sample, Verdict.NOTHING, "shows a window that nobody described");
        }
        Window window = found.get();
        if (isRefuted(sample, window)) {
            isMapVoid = true;
            waitForReset(sample, window);
            return Judged.of(sample, Verdict.NOTHING, "shows a Reset that is none of this window");
        }
        if (sample.sent().sinceBoot().minus(endless).compareTo(window.outside()) < 0
                || times.isBlind(sample, window.outside())) {
            return Judged.of(sample, Verdict.NOTHING, "comes too soon after a step of the server's clock");
        }
        return count(sample, window, limit - remaining + (window.countsAnswered() ? 0 : 1), remaining);
    }

    private Judged count(Sample sample, Window window, long used, long remaining) {
        Own own = own(sample, window);
        long most = used - own.certain;
        long least = used - own.possible;
        boolean contradicts = most < 0 || isWiped(sample, window, own);
        if (!isMapGood(sample, window, own, most == 0 && !contradicts)) {
            return Judged.of(sample, Verdict.NOTHING, "may show another window of the same limit");
        }
        if (contradicts || (most == 0 && !isResetOurs(sample, window, own))) {
            return Judged.of(sample, Verdict.SPOILS, "contradicts our own requests");
        }
        if (least > 0) {
            return new Judged(sample, Verdict.IN_USE, "shows at least " + least + " requests of others", window, most,
                    own.lost, null);
        }
        if (remaining <= 0) {
            return Judged.of(sample, Verdict.SPOILS, "found the limit reached");
        }
        Verdict verdict = most == 0 ? Verdict.SILENT : Verdict.UNDETERMINED;
        return new Judged(sample, verdict, "up to " + most + " requests of others", window, most, own.lost,
                own.witness);
    }

    private Own own(Sample sample, Window window) {
        Span self = times.counted(sample);
        Own own = new Own(self.from());
        undated.stream().filter(request -> isNear(request, sample, window)).forEach(_ -> own.possible++);
        boolean isFixed = window.isFixed();
        Duration start = isFixed
                ? times.earliest(reset(sample).minus(window.length()), sample).minus(FIXED_SLACK.plus(window.drift()))
                : self.from().minus(window.outside());
        for (int i = firstAfter(start.minus(longest)); i < requests.size(); i++) {
            Dated dated = requests.get(i);
            if (dated.counted().from().compareTo(self.to()) >= 0) {
                break;
            }
            boolean isOut = dated.counted().to().compareTo(start) < 0
                    || (isFixed && isOfAnotherReset(dated.request(), sample));
            if (dated.request().id().equals(sample.request()) || isOut) {
                continue;
            }
            boolean isIn = isFixed
                    ? isOfSameReset(dated.request(), sample)
                    : self.to().minus(dated.counted().from()).compareTo(window.inside()) < 0;
            own.add(dated, isIn && dated.counted().to().compareTo(self.from().minus(window.lag())) <= 0);
        }
        return own;
    }

    private int firstAfter(Duration time) {
        int low = 0;
        int high = requests.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (requests.get(middle).counted().from().compareTo(time) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isOfAnotherReset(Request request, Sample sample) {
        return request.fate().equals("counted") && times.answer(request)
                .filter(answer -> isSameLimit(answer, sample) && !reset(answer).equals(reset(sample))).isPresent();
    }

    private boolean isOfSameReset(Request request, Sample sample) {
        return times.answer(request)
                .filter(answer -> isSameLimit(answer, sample) && reset(answer).equals(reset(sample))).isPresent();
    }

    private static boolean isSameLimit(Sample a, Sample b) {
        return a.limit() != null && a.limit().equals(b.limit()) && a.reset() != null;
    }

    /** Of a boot whose distance is not known: by the wall clock. */
    private static boolean isNear(Request request, Sample sample, Window window) {
        Duration apart = Duration.between(request.sent().wall(), sample.sent().wall()).abs();
        return apart.compareTo(window.outside().plusSeconds(90)) <= 0;
    }

    private void waitForReset(Sample sample, Window window) {
        if (window.isFixed()) {
            Duration over = ahead(sample).minus(window.length());
            endless = Timeline.later(endless, sample.received().sinceBoot().plus(over));
        }
    }

    private static boolean isRefuted(Sample sample, Window window) {
        Duration ahead = ahead(sample);
        boolean isTooFar = ahead.compareTo(window.length().plus(RESET_SLACK)) > 0;
        boolean isTooNear = !window.isFixed() && window.reset().equals("now_plus_window")
                && ahead.compareTo(window.length().minus(RESET_SLACK)) < 0;
        return !window.reset().equals("unknown") && (isTooFar || isTooNear);
    }

    /** After a change of the limit shown, the window is the one described only if it is longer than the next shorter. */
    private boolean isMapGood(Sample sample, Window window, Own own, boolean isSilent) {
        Optional<Window> shorter = group.windows().stream()
                .filter(other -> other.length().compareTo(window.length()) < 0)
                .max(Comparator.comparing(Window::length));
        boolean isLonger = !window.reset().equals("unknown") && shorter
                .filter(other -> ahead(sample).compareTo(other.length().plus(RESET_SLACK)) > 0).isPresent();
        if (shorter.isEmpty() || isLonger) {
            isMapVoid = false;
        }
        Duration sure = sureAge(sample, own);
        boolean isWitnessed = isSilent && isOldest(window) && isResetOurs(sample, window, own) && shorter
                .filter(other -> sure.compareTo(other.outside()) > 0).isPresent();
        isMapVoid = isMapVoid && !isWitnessed;
        return !isMapVoid;
    }

    private static boolean isOldest(Window window) {
        return !window.isFixed() && window.reset().equals("oldest_plus_window");
    }

    /** A counter that has lost our oldest certain request shows a Reset that is too late. */
    private boolean isWiped(Sample sample, Window window, Own own) {
        return isOldest(window) && own.witness != null
                && sinceOldest(sample, window).compareTo(sureAge(sample, own).minus(window.edge())) < 0;
    }

    /** Where Reset is a witness, in a silent window it names our own oldest request. */
    private boolean isResetOurs(Sample sample, Window window, Own own) {
        Duration age = times.counted(sample).to().minus(own.oldest);
        return !isOldest(window) || (!isWiped(sample, window, own)
                && sinceOldest(sample, window)
                        .compareTo(age.plus(window.tolerance()).plus(window.drift()).plus(SECOND)) <= 0);
    }

    private Duration sureAge(Sample sample, Own own) {
        Duration sure = own.sure;
        return sure == null ? Duration.ZERO : times.counted(sample).from().minus(sure);
    }

    private static Duration sinceOldest(Sample sample, Window window) {
        return window.length().minus(ahead(sample));
    }

    private static Duration ahead(Sample sample) {
        Instant date = sample.date();
        return date == null ? Duration.ZERO : Duration.between(date, reset(sample));
    }

    static Instant reset(Sample sample) {
        Instant reset = sample.reset();
        return reset == null ? Instant.EPOCH : reset;
    }
}
