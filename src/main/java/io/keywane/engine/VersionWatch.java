package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LastUse;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.PlanBook;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.ProbePurpose;
import io.keywane.usage.ProbeSituation;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.UseTally;
import io.keywane.usage.WindowDisplay;
import io.keywane.usage.WindowLookup;
import io.keywane.usage.WindowModel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What is being seen of one version. Guarded by its {@link KeyWatcher}. */
final class VersionWatch {
    /** How far back use is kept in memory, for the coverage of late. */
    private static final Duration MEMORY = Duration.ofHours(2);
    /** How far back while a version of the key leaves: the longest silence that a history of four weeks can ask for. */
    private static final Duration MEMORY_OF_A_SWITCH = Duration.ofDays(45);

    /** Own requests are planned by at least so much of the past, also where every known window is shorter. */
    private static final Duration LEAST_MEMORY = Duration.ofHours(1);

    /** How often a key that is refused is tried out of turn: its vendor may accept it with a delay. */
    private static final Duration REFUSED_GAP = Duration.ofSeconds(10);

    /** No window is longer than a day; with its tolerance and a margin. */
    private static final Duration A_DAY = Duration.ofHours(31);

    final VersionId id;
    final AcceptanceTracker acceptance;
    private final Function<LimiterGroup, PlanBook> books;
    private final Map<LimiterGroup, GroupAccount> accounts = new TreeMap<>();
    private final Map<LimiterGroup, UseTally> tallies = new TreeMap<>();
    private final Map<LimiterGroup, Moment> limited = new TreeMap<>();
    private final Map<LimiterGroup, Moment> lastSent = new TreeMap<>();
    private final Map<LimiterGroup, Moment> notBefore = new TreeMap<>();
    private final Map<LimiterGroup, Sample> lastGood = new TreeMap<>();
    private final Map<LimiterGroup, Sample> lastShown = new TreeMap<>();
    private final Map<LimiterGroup, WindowDisplay> displays = new TreeMap<>();
    private @Nullable Moment quietBy;
    private @Nullable Moment lastSuccess;
    private @Nullable Sample lastSample;
    private int unanswered;

    /** A watch of one version; {@code books}: what is known of a group's windows by now. */
    VersionWatch(VersionId id, ProviderProfile profile, Function<LimiterGroup, PlanBook> books) {
        this(id, profile, books, new AcceptanceTracker());
    }

    private VersionWatch(VersionId id, ProviderProfile profile, Function<LimiterGroup, PlanBook> books,
            AcceptanceTracker acceptance) {
        this.id = id;
        this.acceptance = acceptance;
        this.books = books;
        for (LimiterGroup group : profile.groupNames()) {
            accounts.put(group, new GroupAccount(id, group, lookup(group)));
            tallies.put(group, new UseTally(MEMORY));
            displays.put(group, new WindowDisplay());
        }
    }

    /** A watch of the same version that has seen nothing yet; whether the key is accepted is no matter of windows. */
    VersionWatch anew(ProviderProfile profile) {
        return new VersionWatch(id, profile, books, acceptance);
    }

    void enter(OwnRequest entry) {
        GroupAccount account = accounts.get(entry.group());
        if (account != null) {
            account.enter(entry);
            lastSent.put(entry.group(), entry.sent());
        }
    }

    /** Takes in a sample and says what it told; empty where the group is no longer in the profile. */
    Optional<UsagePoint> observe(Sample sample, ProofPolicy policy) {
        GroupAccount account = accounts.get(sample.group());
        if (account == null) {
            return Optional.empty();
        }
        lastSample = sample;
        if (sample.outcome() == ProbeOutcome.VALID) {
            lastSuccess = sample.received();
            lastGood.put(sample.group(), sample);
            sample.headers().rateLimit().ifPresent(_ -> show(sample, account));
        }
        obeyWait(sample);
        if (isLimited(sample)) {
            limited.put(sample.group(), sample.received());
        }
        UsagePoint point = account.observe(sample, policy);
        Optional.ofNullable(tallies.get(sample.group())).ifPresent(tally -> tally.add(point));
        return Optional.of(point);
    }

    private void show(Sample sample, GroupAccount account) {
        lastShown.put(sample.group(), sample);
        List<WindowModel> windows = windows(sample.group());
        WindowDisplay display = displays.get(sample.group());
        if (display != null && windows.size() > 1) {
            display.saw(sample, windows, account.ownTimes(sample.received(), memory(windows)));
        }
    }

    /** When the silence of all groups will have lasted long enough, if nothing breaks it; empty where there is none. */
    void quietBy(Optional<Moment> moment) {
        quietBy = moment.orElse(null);
    }

    /** Refused by the rate limit, or a window of any length is full: others may be refused, and not counted. */
    private static boolean isLimited(Sample sample) {
        return sample.outcome() == ProbeOutcome.VALID_RATE_LIMITED
                || sample.headers().rateLimit().filter(reading -> reading.remaining() <= 0).isPresent();
    }

    /** While a version of the key leaves, the use of all its versions is kept for as long as that may take. */
    void keepUse(boolean aVersionLeaves) {
        tallies.values().forEach(tally -> tally.reach(aVersionLeaves ? MEMORY_OF_A_SWITCH : MEMORY));
    }

    /** Obeys Retry-After, then Reset, on 429; backs off where there is no answer. */
    private void obeyWait(Sample sample) {
        notBefore.remove(sample.group());
        unanswered = sample.outcome() == ProbeOutcome.UNKNOWN ? Math.min(unanswered + 1, 6) : 0;
        if (sample.headers().retryAfter().isPresent()) {
            notBefore.put(sample.group(), sample.received().plus(sample.headers().retryAfter().get()));
            return;
        }
        if (sample.outcome() == ProbeOutcome.VALID_RATE_LIMITED) {
            Duration untilReset = sample.headers().rateLimit()
                    .flatMap(r -> sample.headers().date().map(date -> Duration.between(date, r.reset())))
                    .filter(d -> !d.isNegative()).orElse(Duration.ofSeconds(60));
            notBefore.put(sample.group(), sample.received().plus(untilReset));
        }
    }

    /** How long to wait before trying again at once, after so many calls without an answer. */
    Duration retryGap() {
        if (acceptance.isConfirmedRefused()) {
            return REFUSED_GAP;
        }
        return Duration.ofSeconds(1L << unanswered);
    }

    Set<LimiterGroup> groups() {
        return accounts.keySet();
    }

    Optional<UseTally> tally(LimiterGroup group) {
        return Optional.ofNullable(tallies.get(group));
    }

    /** When an own probe last found a window of the group full. */
    Optional<Moment> limited(LimiterGroup group) {
        return Optional.ofNullable(limited.get(group));
    }

    Optional<GroupAccount> account(LimiterGroup group) {
        return Optional.ofNullable(accounts.get(group));
    }

    Optional<Moment> lastSent(LimiterGroup group) {
        return Optional.ofNullable(lastSent.get(group));
    }

    Optional<Moment> lastSent(Moment now) {
        return lastSent.values().stream().reduce((a, b) -> a.isNotBefore(b, now) ? a : b);
    }

    Optional<Moment> notBefore(LimiterGroup group) {
        return Optional.ofNullable(notBefore.get(group));
    }

    Optional<Moment> lastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    Optional<Sample> lastSample() {
        return Optional.ofNullable(lastSample);
    }

    /** The latest answer of a group that had a full success. */
    Optional<Sample> lastGood(LimiterGroup group) {
        return Optional.ofNullable(lastGood.get(group));
    }

    Optional<RateLimitReading> reading(LimiterGroup group) {
        return lastGood(group).flatMap(sample -> sample.headers().rateLimit());
    }

    private WindowLookup lookup(LimiterGroup group) {
        return new WindowLookup() {
            @Override
            public List<KnownWindow> known() {
                return books.apply(group).known();
            }

            @Override
            public List<KnownWindow> trusted() {
                return books.apply(group).trusted();
            }
        };
    }

    /** The windows of a group that are known, each with who says so. */
    List<KnownWindow> known(LimiterGroup group) {
        return books.apply(group).known();
    }

    /** What proves that others use it in a group; empty where nothing does. */
    Optional<String> useByOthers(LimiterGroup group) {
        Optional<UsagePoint> seen = account(group).flatMap(GroupAccount::latest).filter(p -> p.foreign().isPositive());
        if (seen.isPresent()) {
            return Optional.of(group + ": at least " + seen.get().foreign().lo() + " requests of others in the window");
        }
        Sample shown = lastShown.get(group);
        if (shown == null) {
            return Optional.empty();
        }
        // Whatever the window is, it holds no more of ours than we sent in a day and its tolerance.
        RateLimitReading reading = shown.headers().rateLimit().orElseThrow();
        long own = account(group).map(a -> a.ownWithin(shown.received(), A_DAY)).orElse(0L);
        long others = reading.limit() - reading.remaining() - own;
        return others > 0
                ? Optional.of(group + ": the count exceeds our own requests of a day by " + others)
                : Optional.empty();
    }

    /** The window that a group showed last, where that drops all requests together. */
    Optional<Duration> fixedWindow(LimiterGroup group) {
        return Optional.ofNullable(lastShown.get(group)).flatMap(sample -> sample.headers().rateLimit())
                .flatMap(reading -> windows(group).stream().filter(w -> w.limit() == reading.limit()).findFirst())
                .filter(model -> model.kind() == WindowModel.Kind.FIXED).map(WindowModel::length);
    }

    /** The windows of a group that are known. */
    List<WindowModel> windows(LimiterGroup group) {
        return books.apply(group).known().stream().map(KnownWindow::model).toList();
    }

    /** What the next probe of a group depends on. */
    ProbeSituation situation(LimiterGroup group, ProbePurpose purpose, Moment started, Moment now) {
        List<WindowModel> windows = windows(group);
        Optional<GroupAccount> account = account(group);
        Optional<Moment> by = account.flatMap(GroupAccount::silence).flatMap(_ -> Optional.ofNullable(quietBy));
        boolean fixedDisplay = Optional.ofNullable(displays.get(group)).filter(WindowDisplay::isFixed).isPresent();
        return new ProbeSituation(now, started, purpose, windows, Optional.ofNullable(lastShown.get(group)),
                account.map(a -> a.ownTimes(now, memory(windows))).orElse(List.of()), notBefore(group), fixedDisplay,
                account.flatMap(GroupAccount::lastUse).map(LastUse::latest), by);
    }

    private static Duration memory(List<WindowModel> windows) {
        Duration longest = windows.stream().map(WindowModel::outside).max(Duration::compareTo).orElse(Duration.ZERO);
        return longest.compareTo(LEAST_MEMORY) > 0 ? longest : LEAST_MEMORY;
    }

    /** When use by others was last certain, in any group. */
    Optional<Moment> lastInUse() {
        return accounts.values().stream().flatMap(account -> account.lastInUse().stream())
                .max((a, b) -> a.wall().compareTo(b.wall()));
    }
}
