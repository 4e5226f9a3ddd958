package io.keywane.usage.sim;

import io.keywane.key.Moment;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.HeaderFault;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns the server's answers into what the probe client would hand on. */
final class Samples {
    private Samples() {}

    /** @param answer what came back; {@code null}: nothing did */
    static Sample of(OwnRequest entry, Moment received, @Nullable Answer answer) {
        if (answer == null) {
            return sample(entry, received, 0, ProbeFailure.TIMEOUT, AnswerHeaders.NONE);
        }
        if (answer.status() >= 500) {
            return sample(entry, received, answer.status(), ProbeFailure.SERVER_ERROR, AnswerHeaders.NONE);
        }
        return sample(entry, received, answer.status(), null, headers(answer));
    }

    private static Sample sample(
            OwnRequest entry, Moment received, int status, @Nullable ProbeFailure failure, AnswerHeaders headers) {
        ProbeOutcome outcome = failure == null ? ProbeOutcome.ofStatus(status) : ProbeOutcome.UNKNOWN;
        return new Sample(entry.id(), entry.version(), entry.group(), ProbeKind.LIVENESS, entry.sent(), received,
                status, outcome, Optional.ofNullable(failure), headers);
    }

    private static AnswerHeaders headers(Answer answer) {
        Optional<Instant> date = Optional.of(epoch(answer.date()));
        boolean usable = answer.hasLimits() && answer.age() < 0;
        Optional<RateLimitReading> reading = usable
                ? Optional.of(new RateLimitReading(answer.limit(), answer.remaining(), epoch(answer.reset())))
                : Optional.empty();
        HeaderFault fault = answer.age() < 0 ? HeaderFault.MISSING : HeaderFault.CACHED;
        return new AnswerHeaders(reading, usable ? Optional.empty() : Optional.of(fault), OptionalLong.empty(),
                OptionalLong.empty(), date, Optional.empty());
    }

    private static Instant epoch(double serverTime) {
        return Instant.ofEpochSecond(Host.BEGIN.getEpochSecond() + (long) Math.floor(serverTime));
    }
}
