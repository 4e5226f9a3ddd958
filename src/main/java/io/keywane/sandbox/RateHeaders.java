package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rulings and debits as response headers, spoilt where a fault says so. */
final class RateHeaders {
    private final SandboxSettings settings;
    private final Optional<OddHeader> odd;
    private final List<Answer.Header> headers = new ArrayList<>();

    RateHeaders(SandboxSettings settings, Optional<OddHeader> odd) {
        this.settings = settings;
        this.odd = odd;
    }

    RateHeaders add(Ruling ruling, LimiterGroup group) {
        if (ruling.status() == Limiter.TOO_MANY_REQUESTS) {
            headers.add(Answer.Header.of("Retry-After", Math.max(1, seconds(ruling.retryAfter()))));
        }
        if (settings.refusals().carriesHeaders(ruling.status())) {
            add(ruling.reading(), group);
        }
        return this;
    }

    /** Nothing was due, no header. */
    RateHeaders add(Wallet.Debit debit) {
        if (!debit.paid()) {
            put("X-Credits-Required", debit.required());
            put("X-Credits-Balance", debit.balance());
        }
        if (debit.deducted() > 0) {
            put("X-Credits-Deducted", debit.deducted());
            put("X-Credits-Balance", debit.balance());
        }
        return this;
    }

    List<Answer.Header> list() {
        return List.copyOf(headers);
    }

    private void add(RateReading reading, LimiterGroup group) {
        put("X-RateLimit-Limit", reading.limit());
        put("X-RateLimit-Remaining", reading.remaining());
        put("X-RateLimit-Reset", seconds(Duration.between(Instant.EPOCH, reading.reset())));
        if (settings.groupHeader()) {
            headers.add(new Answer.Header("X-RateLimit-Group", group.toString()));
        }
    }

    private void put(String name, long value) {
        List<String> values = odd.map(kind -> kind.spoil(Long.toString(value))).orElse(List.of(Long.toString(value)));
        values.forEach(text -> headers.add(new Answer.Header(name, text)));
    }

    /** Whole seconds, rounded up: who waits so long has waited long enough. */
    private static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
