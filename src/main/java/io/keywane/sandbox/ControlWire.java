package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/** The control API's JSON bodies where they differ from the domain: durations in milliseconds, members left out. */
final class ControlWire {
    private ControlWire() {}

    record Organisation(@Nullable String name, @Nullable Long balance, @Nullable FeedPlan feedPlan) {
        SandboxControl.NewOrganisation toDomain() {
            return new SandboxControl.NewOrganisation(present("name", name), present("balance", balance), feedPlan);
        }

        static Organisation of(SandboxControl.NewOrganisation organisation) {
            return new Organisation(organisation.name(), organisation.balance(), organisation.feedPlan());
        }
    }

    record Key(@Nullable String name, @Nullable Long acceptedAfterMs) {
        SandboxControl.NewKey toDomain(String organisationId) {
            return new SandboxControl.NewKey(organisationId, name, millis(acceptedAfterMs));
        }

        static Key of(SandboxControl.NewKey key) {
            return new Key(key.name(), key.acceptedAfter().toMillis());
        }
    }

    record TopUp(@Nullable Long credits) {
        long amount() {
            return present("credits", credits);
        }
    }

    record Plan(@Nullable FeedPlan feedPlan) {
        FeedPlan plan() {
            return present("feed_plan", feedPlan);
        }
    }

    record FaultSettings(@Nullable Long delayBeforeMs, @Nullable Long latencyMs, @Nullable Double errorShare,
            @Nullable Integer errorBurst, @Nullable Integer errorStatus, @Nullable Boolean stripKeyHeader,
            @Nullable Boolean truncateBody, @Nullable Boolean captivePage, @Nullable Double lostShare,
            @Nullable Long cachedForMs, @Nullable Boolean cachedAge, @Nullable OddHeader oddHeader) {

        Faults toDomain() {
            return new Faults(millis(delayBeforeMs), millis(latencyMs), or(errorShare, 0.0), or(errorBurst, 0),
                    or(errorStatus, Faults.NONE.errorStatus()), or(stripKeyHeader, false), or(truncateBody, false),
                    or(captivePage, false), or(lostShare, 0.0), millis(cachedForMs), or(cachedAge, true), oddHeader);
        }

        static FaultSettings of(Faults faults) {
            return new FaultSettings(faults.delayBefore().toMillis(), faults.latency().toMillis(),
                    faults.errorShare(), faults.errorBurst(), faults.errorStatus(), faults.stripKeyHeader(),
                    faults.truncateBody(), faults.captivePage(), faults.lostShare(), faults.cachedFor().toMillis(),
                    faults.cachedAge(), faults.oddHeader());
        }
    }

    record Failure(String error) {}

    private static Duration millis(@Nullable Long value) {
        return Duration.ofMillis(or(value, 0L));
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return Optional.ofNullable(value).orElse(otherwise);
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
