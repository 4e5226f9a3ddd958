package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.usage.GroupAccount;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.UseTally;
import io.keywane.usage.WindowDisplay;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** What is being seen of one version in one limiter group. Guarded by the version's {@link KeyWatcher}. */
final class GroupWatch {
    /** After a refusal by the rate limit that does not say how long to wait. */
    private static final Duration UNTOLD_WAIT = Duration.ofSeconds(60);

    final GroupAccount account;
    final UseTally tally;
    final WindowDisplay display = new WindowDisplay();
    private @Nullable Moment limited;
    private @Nullable Moment lastSent;
    private @Nullable Moment notBefore;
    private @Nullable Sample lastGood;
    private @Nullable Sample lastShown;

    GroupWatch(GroupAccount account, UseTally tally) {
        this.account = account;
        this.tally = tally;
    }

    void sent(Moment moment) {
        lastSent = moment;
    }

    /** A full success: what it showed of the limits is the latest. */
    void good(Sample sample) {
        lastGood = sample;
        lastShown = sample.headers().rateLimit().isPresent() ? sample : lastShown;
    }

    /** A window of the group was found full. */
    void limited(Moment moment) {
        limited = moment;
    }

    /** Obeys Retry-After, then Reset, on 429. */
    void obeyWait(Sample sample, boolean isLimited) {
        Optional<Duration> asked = sample.headers().retryAfter();
        Optional<Duration> wait = asked.isPresent() || !isLimited ? asked : Optional.of(untilReset(sample));
        notBefore = wait.map(sample.received()::plus).orElse(null);
    }

    private static Duration untilReset(Sample sample) {
        return sample.headers().rateLimit()
                .flatMap(r -> sample.headers().date().map(date -> Duration.between(date, r.reset())))
                .filter(d -> !d.isNegative()).orElse(UNTOLD_WAIT);
    }

    /** When an own probe last found a window of the group full. */
    Optional<Moment> limited() {
        return Optional.ofNullable(limited);
    }

    Optional<Moment> lastSent() {
        return Optional.ofNullable(lastSent);
    }

    Optional<Moment> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** The latest answer with a full success. */
    Optional<Sample> lastGood() {
        return Optional.ofNullable(lastGood);
    }

    /** The latest of those with limit headers. */
    Optional<Sample> lastShown() {
        return Optional.ofNullable(lastShown);
    }

    Optional<RateLimitReading> reading() {
        return lastShown().flatMap(sample -> sample.headers().rateLimit());
    }
}
