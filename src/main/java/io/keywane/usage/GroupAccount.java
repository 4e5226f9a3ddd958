package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The account of one key version in one limiter group: its own requests go in, samples go in, and out comes who else used
 * the key. Deterministic; not safe for use by several threads at once.
 *
 * <p>{@code foreign = used - own}: {@code used} is exact (Limit less Remaining), {@code own} is an interval, so foreign use
 * is one too. Silent only if it is certainly zero, in use only if it is certainly above zero, else undetermined. The rules
 * and their reasons stand in docs/drain-proof.md.
 */
public final class GroupAccount {
    /** How long entries are kept: a day's window, its largest tolerance, and the longest flight fit in. */
    private static final Duration MEMORY = Duration.ofHours(31);
    private static final Duration RESET_SLACK = Duration.ofSeconds(3);
    /** How far apart two answers "closed to this plan" may be for the time between them to count as observed. */
    private static final Duration CLOSED_REACH = Duration.ofMinutes(15);

    private final VersionId version;
    private final LimiterGroup group;
    private final WindowLookup windows;
    private final OwnRequests own = new OwnRequests();
    private final SilenceChain chain = new SilenceChain();
    private final Trust trust = new Trust();
    private final ServerClock serverClock = new ServerClock();
    private @Nullable Sample last;
    private @Nullable UsagePoint lastPoint;
    private @Nullable Moment lastInUse;

    public GroupAccount(VersionId version, LimiterGroup group, WindowLookup windows) {
        this.version = requireNonNull(version, "version is null");
        this.group = requireNonNull(group, "group is null");
        this.windows = requireNonNull(windows, "windows is null");
    }

    /** Enters an own request, or its settled form. Every request sent before a sample must be entered before it. */
    public void enter(OwnRequest entry) {
        if (!entry.version().equals(version) || !entry.group().equals(group)) {
            throw new IllegalArgumentException("entry " + entry.id() + " belongs to another account");
        }
        own.put(entry);
    }

    /** Takes in the next sample, in the order of sending, and says what it tells. */
    public UsagePoint observe(Sample sample) {
        requireNonNull(sample, "sample is null");
        boolean rebooted = last != null && !last.sent().boot().equals(sample.sent().boot());
        UsagePoint point = rebooted ? unknown(sample, UsageReason.REBOOTED) : judge(sample);
        advance(sample, point);
        own.prune(sample.sent(), MEMORY);
        last = sample;
        lastPoint = point;
        if (point.verdict() == Verdict.IN_USE) {
            lastInUse = sample.received();
        }
        return point;
    }

    /** How many of our own requests may have been counted within a span before now. */
    public long ownWithin(Moment now, Duration span) {
        return own.countWithin(now, span);
    }

    /** When our own requests of a span before now were counted, in the order of sending. */
    public List<OwnTime> ownTimes(Moment now, Duration span) {
        return own.times(now, span);
    }

    /** The proven silence that reaches up to the latest samples, if there is any. */
    public Optional<SilentSpan> silence() {
        return chain.proven();
    }

    /** The latest conclusion. */
    public Optional<UsagePoint> latest() {
        return Optional.ofNullable(lastPoint);
    }

    /** When use by others was last seen. */
    public Optional<Moment> lastInUse() {
        return Optional.ofNullable(lastInUse);
    }

    /** The latest sample. */
    public Optional<Sample> lastSample() {
        return Optional.ofNullable(last);
    }

    /** The ordered rules: the first that speaks wins. */
    private UsagePoint judge(Sample sample) {
        if (sample.outcome() == ProbeOutcome.VALID_PLAN_LIMITED) {
            return point(sample, Verdict.CLOSED, UsageReason.GROUP_CLOSED, CountRange.ZERO, Duration.ZERO);
        }
        Optional<UsageReason> unusable = unusable(sample);
        if (unusable.isPresent()) {
            return unknown(sample, unusable.get());
        }
        RateLimitReading reading = sample.headers().rateLimit().orElseThrow();
        Optional<KnownWindow> found = windows.find(reading.limit());
        if (found.isEmpty()) {
            return unknown(sample, UsageReason.NO_MODEL);
        }
        if (found.get().model().kind() != WindowModel.Kind.ROLLING) {
            return unknown(sample, UsageReason.NOT_ROLLING);
        }
        return count(sample, reading, found.get());
    }

    private Optional<UsageReason> unusable(Sample sample) {
        return switch (sample.outcome()) {
            case UNKNOWN -> Optional.of(UsageReason.NO_ANSWER);
            case REJECTED -> Optional.of(UsageReason.KEY_REFUSED);
            case VALID_RATE_LIMITED -> Optional.of(UsageReason.RATE_LIMITED);
            case VALID, VALID_WITHOUT_CREDIT, VALID_PLAN_LIMITED ->
                sample.isCountedForCertain() ? Optional.empty() : Optional.of(UsageReason.NO_HEADERS);
        };
    }

    private UsagePoint count(Sample sample, RateLimitReading reading, KnownWindow window) {
        WindowModel model = window.model();
        Duration back = sample.headers().date().map(date -> serverClock.stepSeenBy(sample, date)).orElse(null);
        if (back != null) {
            own.distrust();
            trust.blind(sample.received(), model.length().plus(model.tolerance()).plus(back));
            return unknown(sample, UsageReason.CLOCK_STEP);
        }
        long used = reading.limit() - reading.remaining() + (model.countsAnswered() ? 0 : 1);
        CountRange ours = own.countIn(sample, model);
        long hi = used - ours.lo();
        if (hi < 0) {
            trust.contradicted(sample.received(), model.length());
            return unknown(sample, UsageReason.CONTRADICTION);
        }
        CountRange foreign = new CountRange(Math.max(0, used - ours.hi()), hi);
        if (foreign.isPositive()) {
            trust.consistent();
            return point(sample, Verdict.IN_USE, window.reason(), foreign, model.length());
        }
        if (reading.remaining() == 0) {
            return unknown(sample, UsageReason.LIMIT_REACHED);
        }
        if (!foreign.isZero()) {
            return point(sample, Verdict.UNDETERMINED, window.reason(), foreign, model.length());
        }
        return silent(sample, reading, window);
    }

    private UsagePoint silent(Sample sample, RateLimitReading reading, KnownWindow window) {
        WindowModel model = window.model();
        if (!resetFits(sample, reading, model)) {
            if (model.reset() == WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW) {
                trust.contradicted(sample.received(), model.length());
                return unknown(sample, UsageReason.CONTRADICTION);
            }
            return unknown(sample, UsageReason.RESET_UNEXPECTED);
        }
        trust.consistent();
        if (!trust.isEarned(sample.sent())) {
            return unknown(sample, UsageReason.DISTRUSTED);
        }
        return point(sample, Verdict.SILENT, window.reason(), CountRange.ZERO, model.length());
    }

    /** In a silent sample the window holds nothing but our own requests, so Reset can be foretold. */
    private boolean resetFits(Sample sample, RateLimitReading reading, WindowModel model) {
        if (model.reset() == WindowModel.ResetMeaning.UNKNOWN || sample.headers().date().isEmpty()) {
            return model.reset() == WindowModel.ResetMeaning.UNKNOWN;
        }
        Duration ahead = Duration.between(sample.headers().date().get(), reading.reset());
        Duration sinceOldest = model.length().minus(ahead);
        if (model.reset() == WindowModel.ResetMeaning.NOW_PLUS_WINDOW) {
            return sinceOldest.abs().compareTo(RESET_SLACK) <= 0;
        }
        Duration slack = model.tolerance().plus(RESET_SLACK);
        // The age of an entry from before a restart of the host is not known.
        Duration oldest = own.oldestPossible(sample, model)
                .map(entry -> sample.received().elapsedSince(entry.sent()).orElse(model.length()))
                .orElse(Duration.ZERO);
        Duration oldestSure = own.witness(sample, model)
                .flatMap(entry -> sample.sent().elapsedSince(entry.latestCount())).orElse(Duration.ZERO);
        return sinceOldest.compareTo(oldestSure.minus(slack)) >= 0 && sinceOldest.compareTo(oldest.plus(slack)) <= 0;
    }

    private void advance(Sample sample, UsagePoint point) {
        boolean wasClosed = lastPoint != null && lastPoint.verdict() == Verdict.CLOSED;
        switch (point.verdict()) {
            case SILENT -> {
                if (wasClosed) {
                    chain.end();
                }
                WindowModel model = model(sample);
                own.witness(sample, model).ifPresentOrElse(witness -> chain.silent(sample, model, witness), chain::end);
            }
            case CLOSED -> {
                Sample before = wasClosed && isWithinReach(last, sample) ? last : null;
                if (before == null) {
                    chain.end();
                }
                chain.closed(before == null ? sample.sent() : before.sent(), sample.sent());
            }
            case UNDETERMINED -> chain.undetermined(sample, model(sample));
            case IN_USE, UNKNOWN -> chain.end();
        }
    }

    private WindowModel model(Sample sample) {
        return windows.find(sample.headers().rateLimit().orElseThrow().limit()).orElseThrow().model();
    }

    private static boolean isWithinReach(@Nullable Sample before, Sample sample) {
        return before != null && sample.sent().elapsedSince(before.sent())
                .filter(gap -> gap.compareTo(CLOSED_REACH) <= 0).isPresent();
    }

    private UsagePoint unknown(Sample sample, UsageReason why) {
        return point(sample, Verdict.UNKNOWN, why, CountRange.ZERO, Duration.ZERO);
    }

    private UsagePoint point(Sample sample, Verdict verdict, UsageReason why, CountRange foreign, Duration window) {
        return new UsagePoint(version, group, sample.received(), verdict, why, foreign, window);
    }
}
