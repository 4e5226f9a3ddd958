package io.keywane.usage;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.UsagePoint.Verdict;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
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
    static final Duration MEMORY = Duration.ofHours(31);
    /** How far apart two answers "closed to this plan" may be for the time between them to count as observed. */
    private static final Duration CLOSED_REACH = Duration.ofMinutes(15);

    private final VersionId version;
    private final LimiterGroup group;
    private final OwnRequests own = new OwnRequests();
    private final SilenceChain chain = new SilenceChain(own.windows());
    private final Trust trust = new Trust();
    private final ServerClock serverClock = new ServerClock();
    private final WindowLookup windows;
    private final Judge judge;
    /** The windows by which the silence so far was claimed. */
    private List<KnownWindow> basis = List.of();
    private @Nullable Moment lastSent;
    private @Nullable Moment lastReceived;
    private boolean isBridging;
    private @Nullable UsagePoint lastPoint;
    private @Nullable Moment lastInUse;
    private @Nullable Moment usedAfter;

    public GroupAccount(VersionId version, LimiterGroup group, WindowLookup windows) {
        this.version = requireNonNull(version, "version is null");
        this.group = requireNonNull(group, "group is null");
        this.windows = requireNonNull(windows, "windows is null");
        this.judge = new Judge(own, windows, trust, serverClock);
    }

    /** Enters an own request, or its settled form. Every request sent before a sample must be entered before it. */
    public void enter(OwnRequest entry) {
        if (!entry.version().equals(version) || !entry.group().equals(group)) {
            throw new IllegalArgumentException("entry " + entry.id() + " belongs to another account");
        }
        own.put(entry);
    }

    /** Takes in the next sample, in the order of sending, and says what it tells; accepts only what is certain. */
    public UsagePoint observe(Sample sample) {
        return observe(sample, ProofPolicy.STRICT);
    }

    /** Takes in the next sample, in the order of sending, and says what it tells. */
    public UsagePoint observe(Sample sample, ProofPolicy policy) {
        requireNonNull(sample, "sample is null");
        requireNonNull(policy, "policy is null");
        if (own.arrive(sample.sent().boot())) {
            serverClock.reboot();
            isBridging = true;
        }
        endIfWindowsChanged();
        Judgement judgement = take(sample);
        advance(sample, judgement, policy);
        own.judged(judgement.shot());
        own.prune(sample.sent(), MEMORY);
        UsagePoint point = point(sample, judgement);
        noteUse(sample, judgement, point);
        lastSent = sample.sent();
        lastReceived = sample.received();
        lastPoint = point;
        return point;
    }

    /** By other windows, what was claimed may be false; whoever keeps the samples may judge them anew. */
    private void endIfWindowsChanged() {
        List<KnownWindow> present = windows.trusted();
        if (!present.equals(basis)) {
            chain.end();
            basis = present;
        }
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
        Moment anchor = lastReceived;
        boolean isBroken = isBridging || !windows.trusted().equals(basis);
        return anchor == null || isBroken ? Optional.empty() : chain.proven(anchor);
    }

    /** The latest conclusion. */
    public Optional<UsagePoint> latest() {
        return Optional.ofNullable(lastPoint);
    }

    /** When a sample last saw use by others. */
    public Optional<Moment> lastInUse() {
        return Optional.ofNullable(lastInUse);
    }

    /** Between which moments others last used the key, if they ever did. */
    public Optional<LastUse> lastUse() {
        Moment after = usedAfter;
        Moment seen = lastReceived;
        if (after == null || seen == null) {
            return Optional.empty();
        }
        return Optional.of(new LastUse(after, silence().map(SilentSpan::from).orElse(seen)));
    }

    private Judgement take(Sample sample) {
        Shot shot = own.shoot(sample, Millis.ceil(sample.received()));
        Optional<UsageReason> unusable = unusable(sample);
        if (sample.outcome() == ProbeOutcome.VALID_PLAN_LIMITED) {
            judge.closed();
            return new Judgement(Verdict.CLOSED, UsageReason.GROUP_CLOSED, shot);
        }
        if (unusable.isPresent()) {
            return new Judgement(Verdict.UNKNOWN, unusable.get(), shot);
        }
        Instant date = sample.headers().date().orElseThrow();
        if (isBridging && !bridge(sample, shot, date)) {
            serverClock.back(date, sample.received().wall()).ifPresent(back -> trust.stepped(shot.max(), back));
            serverClock.stepSeenBy(shot.min(), shot.max(), date, sample.received().wall());
            judge.repeats(sample, shot);
            return new Judgement(Verdict.UNKNOWN, UsageReason.REBOOTED, shot);
        }
        return judge.judge(sample, shot);
    }

    /** Carries what is known over a restart of the host, if the server's clock tells how long that took. */
    private boolean bridge(Sample sample, Shot shot, Instant date) {
        isBridging = false;
        Optional<Shift> shift = serverClock.bridge(shot.min(), shot.max(), date, sample.received().wall());
        if (shift.isEmpty()) {
            breakOff(shot);
            return false;
        }
        own.rebase(shift.get());
        chain.rebase(shift.get());
        trust.rebase(shift.get());
        return true;
    }

    private void breakOff(Shot shot) {
        isBridging = false;
        own.forgetAges(shot.max());
        chain.end();
        Moment before = requireNonNull(lastReceived, "a host restarts only after a sample");
        trust.restart(Millis.floor(before), shot.max());
    }

    private static Optional<UsageReason> unusable(Sample sample) {
        return switch (sample.outcome()) {
            case UNKNOWN -> Optional.of(UsageReason.NO_ANSWER);
            case REJECTED -> Optional.of(UsageReason.KEY_REFUSED);
            case VALID_RATE_LIMITED -> Optional.of(UsageReason.RATE_LIMITED);
            case VALID, VALID_WITHOUT_CREDIT, VALID_PLAN_LIMITED ->
                sample.isCountedForCertain() ? Optional.empty() : Optional.of(UsageReason.NO_HEADERS);
        };
    }

    private void advance(Sample sample, Judgement judgement, ProofPolicy policy) {
        boolean wasClosed = lastPoint != null && lastPoint.verdict() == Verdict.CLOSED;
        Shot shot = judgement.shot();
        if (isBridging && !isLost(sample)) {
            breakOff(shot);
        }
        switch (judgement.verdict()) {
            case SILENT -> {
                OwnCount count = requireNonNull(judgement.own(), "a silent sample has no count");
                chain.silent(shot, model(judgement), count.witness(), reset(sample), policy);
            }
            case CLOSED -> {
                boolean isReached = wasClosed && isWithinReach(sample);
                if (!isReached) {
                    chain.end();
                }
                Moment before = lastSent;
                chain.closed(isReached && before != null ? Millis.ceil(before) : shot.min(), shot.min());
            }
            case UNDETERMINED -> {
                OwnCount count = requireNonNull(judgement.own(), "an undetermined sample has no count");
                chain.undetermined(shot, model(judgement), judgement.foreign().hi() <= count.lost(), policy);
            }
            case UNKNOWN -> {
                if (!isLost(sample)) {
                    chain.end();
                } else if (!isBridging) {
                    chain.unanswered(shot.min(), policy);
                }
            }
            case IN_USE -> chain.end();
        }
    }

    /** Whether a message was lost, one way or the other; an error that the API answers is another thing. */
    private static boolean isLost(Sample sample) {
        return sample.failure().filter(failure -> switch (failure) {
            case TIMEOUT, CONNECTION_REFUSED, NAME_NOT_RESOLVED, TLS, CONNECTION_LOST, KEY_NOT_READABLE -> true;
            case SERVER_ERROR, REDIRECT, NOT_THE_API, LEDGER_NOT_WRITABLE, SANDBOX_KEY -> false;
        }).isPresent();
    }

    private static WindowModel model(Judgement judgement) {
        return requireNonNull(judgement.window(), "a silent sample has no window").model();
    }

    private static long reset(Sample sample) {
        return sample.headers().rateLimit().orElseThrow().reset().getEpochSecond();
    }

    private boolean isWithinReach(Sample sample) {
        Moment before = lastSent;
        return before != null && sample.sent().elapsedSince(before)
                .filter(gap -> gap.compareTo(CLOSED_REACH) <= 0).isPresent();
    }

    /** Narrows when the last use was: in this window, and after the sample before if that saw less. */
    private void noteUse(Sample sample, Judgement judgement, UsagePoint point) {
        if (point.verdict() != Verdict.IN_USE) {
            return;
        }
        lastInUse = sample.received();
        Moment begin = sample.sent().plus(reach(judgement).negated());
        Moment sentBefore = lastSent;
        if (sentBefore != null && isMoreThanBefore(point)) {
            begin = later(begin, sentBefore);
        }
        Moment known = usedAfter;
        usedAfter = known == null ? begin : later(begin, known);
    }

    /** How far back the shown window may reach. */
    private static Duration reach(Judgement judgement) {
        if (isWindowUncertain(judgement.why())) {
            return MEMORY;
        }
        return model(judgement).outside();
    }

    private static boolean isWindowUncertain(UsageReason why) {
        return why == UsageReason.LIMIT_CHANGED || why == UsageReason.DISTRUSTED;
    }

    private boolean isMoreThanBefore(UsagePoint point) {
        UsagePoint before = lastPoint;
        return before != null && before.window().equals(point.window())
                && !isWindowUncertain(before.why()) && !isWindowUncertain(point.why())
                && point.foreign().lo() > before.foreign().hi();
    }

    private static Moment later(Moment latest, Moment other) {
        boolean isSame = latest.boot().equals(other.boot());
        return isSame && other.sinceBoot().compareTo(latest.sinceBoot()) > 0 ? other : latest;
    }

    private UsagePoint point(Sample sample, Judgement judgement) {
        KnownWindow window = judgement.window();
        return new UsagePoint(version, group, sample.received(), judgement.verdict(), judgement.why(),
                judgement.foreign(), window == null ? Duration.ZERO : window.model().length());
    }
}
