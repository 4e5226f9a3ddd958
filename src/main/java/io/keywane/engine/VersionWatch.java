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
    private final Map<LimiterGroup, GroupWatch> groups = new TreeMap<>();
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
            groups.put(group, new GroupWatch(new GroupAccount(id, group, lookup(group)), new UseTally(MEMORY)));
        }
    }

    /** A watch of the same version that has seen nothing yet; whether the key is accepted is no matter of windows. */
    VersionWatch anew(ProviderProfile profile) {
        return new VersionWatch(id, profile, books, acceptance);
    }

    void enter(OwnRequest entry) {
        GroupWatch group = groups.get(entry.group());
        if (group != null) {
            group.account.enter(entry);
            group.sent(entry.sent());
        }
    }

    /** Takes in a sample and says what it told; empty where the group is no longer in the profile. */
    Optional<UsagePoint> observe(Sample sample, ProofPolicy policy) {
        GroupWatch group = groups.get(sample.group());
        if (group == null) {
            return Optional.empty();
        }
        lastSample = sample;
        // Backs off where there is no answer.
        unanswered = sample.outcome() == ProbeOutcome.UNKNOWN ? Math.min(unanswered + 1, 6) : 0;
        if (sample.outcome() == ProbeOutcome.VALID) {
            lastSuccess = sample.received();
            group.good(sample);
            sample.headers().rateLimit().ifPresent(_ -> show(sample, group));
        }
        group.obeyWait(sample, sample.outcome() == ProbeOutcome.VALID_RATE_LIMITED);
        if (isLimited(sample)) {
            group.limited(sample.received());
        }
        UsagePoint point = group.account.observe(sample, policy);
        group.tally.add(point);
        return Optional.of(point);
    }

    private void show(Sample sample, GroupWatch group) {
        List<WindowModel> windows = windows(sample.group());
        if (windows.size() > 1) {
            group.display.saw(sample, windows, group.account.ownTimes(sample.received(), memory(windows)));
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
        groups.values().forEach(group -> group.tally.reach(aVersionLeaves ? MEMORY_OF_A_SWITCH : MEMORY));
    }

    /** How long to wait before trying again at once, after so many calls without an answer. */
    Duration retryGap() {
        if (acceptance.isConfirmedRefused()) {
            return REFUSED_GAP;
        }
        return Duration.ofSeconds(1L << unanswered);
    }

    Set<LimiterGroup> groups() {
        return groups.keySet();
    }

    private Optional<GroupWatch> watch(LimiterGroup group) {
        return Optional.ofNullable(groups.get(group));
    }

    Optional<UseTally> tally(LimiterGroup group) {
        return watch(group).map(watch -> watch.tally);
    }

    /** When an own probe last found a window of the group full. */
    Optional<Moment> limited(LimiterGroup group) {
        return watch(group).flatMap(GroupWatch::limited);
    }

    Optional<GroupAccount> account(LimiterGroup group) {
        return watch(group).map(watch -> watch.account);
    }

    Optional<Moment> lastSent(LimiterGroup group) {
        return watch(group).flatMap(GroupWatch::lastSent);
    }

    Optional<Moment> lastSent(Moment now) {
        return groups.values().stream().flatMap(group -> group.lastSent().stream())
                .reduce((a, b) -> a.isNotBefore(b, now) ? a : b);
    }

    Optional<Moment> notBefore(LimiterGroup group) {
        return watch(group).flatMap(GroupWatch::notBefore);
    }

    Optional<Moment> lastSuccess() {
        return Optional.ofNullable(lastSuccess);
    }

    Optional<Sample> lastSample() {
        return Optional.ofNullable(lastSample);
    }

    /** The latest answer of a group that had a full success. */
    Optional<Sample> lastGood(LimiterGroup group) {
        return watch(group).flatMap(GroupWatch::lastGood);
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
        Sample shown = watch(group).flatMap(GroupWatch::lastShown).orElse(null);
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
        return watch(group).flatMap(GroupWatch::reading)
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
        boolean fixedDisplay = watch(group).filter(watch -> watch.display.isFixed()).isPresent();
        return new ProbeSituation(now, started, purpose, windows, watch(group).flatMap(GroupWatch::lastShown),
                account.map(a -> a.ownTimes(now, memory(windows))).orElse(List.of()), notBefore(group), fixedDisplay,
                account.flatMap(GroupAccount::lastUse).map(LastUse::latest), by);
    }

    private static Duration memory(List<WindowModel> windows) {
        Duration longest = windows.stream().map(WindowModel::outside).max(Duration::compareTo).orElse(Duration.ZERO);
        return longest.compareTo(LEAST_MEMORY) > 0 ? longest : LEAST_MEMORY;
    }

    /** Whether others certainly used this version after a moment, in any group. */
    boolean isUsedAfter(Moment moment, Moment now) {
        return groups.values().stream().flatMap(group -> group.account.lastUse().stream())
                .anyMatch(use -> use.isAfter(moment, now));
    }

    /** When use by others was last certain, in any group; whatever the wall clock was set to meanwhile. */
    Optional<Moment> lastInUse(Moment now) {
        return groups.values().stream().flatMap(group -> group.account.lastInUse().stream())
                .reduce((a, b) -> a.isNotBefore(b, now) ? a : b);
    }
}
