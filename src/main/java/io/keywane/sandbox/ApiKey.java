package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** One key as the API knows it, without its value: an id, its account, its limiters and what was asked with it. */
final class ApiKey {
    private final String id;
    private final String organisationId;
    private final String name;
    private final Account account;
    private final Instant acceptedFrom;
    private final Map<LimiterGroup, Limiter> limiters = new EnumMap<>(LimiterGroup.class);
    private final KeyTally tally = new KeyTally();
    private volatile @Nullable Instant revokedAt;

    ApiKey(String id, String organisationId, String name, Account account, Instant acceptedFrom,
            RefusalSettings refusals) {
        this.id = id;
        this.organisationId = organisationId;
        this.name = name;
        this.account = account;
        this.acceptedFrom = acceptedFrom;
        for (LimiterGroup group : LimiterGroup.values()) {
            limiters.put(group, new Limiter(account.rates(), refusals, group));
        }
    }

    String id() {
        return id;
    }

    Account account() {
        return account;
    }

    KeyTally tally() {
        return tally;
    }

    Limiter limiter(LimiterGroup group) {
        Limiter limiter = limiters.get(group);
        if (limiter == null) {
            throw new IllegalStateException(id + " has no limiter for the " + group + " group");
        }
        return limiter;
    }

    /** Forgets all that was counted against the key. */
    void wipeCounters() {
        limiters.values().forEach(Limiter::wipe);
    }

    void change(RateSettings rates) {
        limiters.values().forEach(limiter -> limiter.change(rates));
    }

    boolean acceptedAt(Instant now) {
        return revokedAt == null && !now.isBefore(acceptedFrom);
    }

    /** Revokes the key from now on; a second time changes nothing. */
    synchronized void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    SandboxControl.Key view() {
        return new SandboxControl.Key(id, organisationId, name, acceptedFrom, revokedAt);
    }
}
