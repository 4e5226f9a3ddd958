package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.KnownWindow;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WindowLookup;
import io.keywane.usage.WindowModel;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is being seen of one version. Guarded by its {@link KeyWatcher}. */
final class VersionWatch {
    /** How far back points are kept in memory, for the load before a switch. */
    private static final Duration MEMORY = Duration.ofHours(24);

    /** How often a key that is refused is tried out of turn: its vendor may accept it with a delay. */
    private static final Duration REFUSED_GAP = Duration.ofSeconds(10);

    final VersionId id;
    final AcceptanceTracker acceptance = new AcceptanceTracker();
    private final ProviderProfile profile;
    private final Map<LimiterGroup, GroupAccount> accounts = new TreeMap<>();
    private final Map<LimiterGroup, Deque<UsagePoint>> points = new TreeMap<>();
    private final Map<LimiterGroup, Moment> lastSent = new TreeMap<>();
    private final Map<LimiterGroup, Moment> notBefore = new TreeMap<>();
    private final Map<LimiterGroup, Sample> lastGood = new TreeMap<>();
    private @Nullable Moment lastSuccess;
    private @Nullable Sample lastSample;
    private @Nullable Moment left;
    private int unanswered;

    VersionWatch(VersionId id, ProviderProfile profile) {
        this.id = id;
        this.profile = profile;
        for (LimiterGroup group : profile.groupNames()) {
            accounts.put(group, new GroupAccount(id, group, windows(group)));
            points.put(group, new ArrayDeque<>());
        }
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
        }
        obeyWait(sample);
        UsagePoint point = account.observe(sample, policy);
        remember(point);
        return Optional.of(point);
    }

    /** A point known from history, for the load before a restart. */
    void remember(UsagePoint point) {
        Deque<UsagePoint> kept = points.get(point.group());
        if (kept == null) {
            return;
        }
        kept.add(point);
        kept.removeIf(p -> point.at().isAtLeastAfter(p.at(), MEMORY) && !isOfTheLastLoad(p, point.at()));
    }

    /** From now on the version is on its way out; its load up to here is what the new one is to carry. */
    void left(Moment when) {
        if (left == null) {
            left = when;
        }
    }

    private boolean isOfTheLastLoad(UsagePoint point, Moment now) {
        Moment end = left;
        return end != null && end.isNotBefore(point.at(), now) && !end.isAtLeastAfter(point.at(), MEMORY);
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

    List<UsagePoint> points(LimiterGroup group) {
        return List.copyOf(points.getOrDefault(group, new ArrayDeque<>()));
    }

    Optional<GroupAccount> account(LimiterGroup group) {
        return Optional.ofNullable(accounts.get(group));
    }

    Optional<Moment> lastSent(LimiterGroup group) {
        return Optional.ofNullable(lastSent.get(group));
    }

    Optional<Moment> lastSent() {
        return lastSent.values().stream().max((a, b) -> a.wall().compareTo(b.wall()));
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

    private WindowLookup windows(LimiterGroup group) {
        return new WindowLookup() {
            @Override
            public Optional<KnownWindow> find(long limit) {
                return VersionWatch.this.known(group, limit);
            }

            @Override
            public List<KnownWindow> known() {
                return profile.windows(group).stream().map(KnownWindow::declared).toList();
            }
        };
    }

    private Optional<KnownWindow> known(LimiterGroup group, long limit) {
        return profile.window(group, limit).map(KnownWindow::declared);
    }

    /** The known window that the group's headers show now. */
    Optional<WindowModel> window(LimiterGroup group) {
        return reading(group).flatMap(reading -> known(group, reading.limit())).map(KnownWindow::model);
    }

    /** When use by others was last certain, in any group. */
    Optional<Moment> lastInUse() {
        return accounts.values().stream().flatMap(account -> account.lastInUse().stream())
                .max((a, b) -> a.wall().compareTo(b.wall()));
    }
}
