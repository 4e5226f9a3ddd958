package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One own request as a calibration sees it, within one boot of this host.
 *
 * @param sent the earliest time at which it can have been counted
 * @param latest the latest time at which it can have been counted
 * @param counted whether it certainly was counted; else it counts as nought to one
 * @param reading what its answer showed; only of a counted one
 * @param date the server's clock in its answer; only of a counted one
 */
record CalibratorShot(
        Duration sent, Duration latest, boolean counted, Optional<RateLimitReading> reading, Optional<Instant> date) {
    CalibratorShot {
        requireNonNull(sent, "sent is null");
        requireNonNull(latest, "latest is null");
        requireNonNull(reading, "reading is null");
        requireNonNull(date, "date is null");
    }

    static CalibratorShot of(Sample sample) {
        boolean counted = sample.isCountedForCertain();
        Duration sent = sample.sent().sinceBoot();
        Duration latest = sample.status() > 0 ? sample.received().sinceBoot() : sent.plus(OwnRequest.LONGEST_FLIGHT);
        return new CalibratorShot(sent, latest, counted, counted ? sample.headers().rateLimit() : Optional.empty(),
                counted ? sample.headers().date() : Optional.empty());
    }

    /** One sent before the calibration began, of the present boot. */
    static CalibratorShot of(OwnRequest entry) {
        Duration sent = entry.sent().sinceBoot();
        boolean counted = entry.fate() == OwnFate.COUNTED;
        Duration latest = counted
                ? entry.settled().map(Moment::sinceBoot).orElse(sent)
                : sent.plus(OwnRequest.LONGEST_FLIGHT);
        return new CalibratorShot(sent, latest, counted, Optional.empty(), Optional.empty());
    }

    /** Whether its answer showed this limit. */
    boolean shows(long limit) {
        return reading.filter(r -> r.limit() == limit).isPresent();
    }

    /** How many requests the window held by this answer, itself included. */
    long used(boolean countsAnswered) {
        RateLimitReading shown = reading.orElseThrow();
        return shown.limit() - shown.remaining() + (countsAnswered ? 0 : 1);
    }

    /** How far ahead of the server's clock Reset lies. */
    Duration ahead() {
        return Duration.between(date.orElseThrow(), reading.orElseThrow().reset());
    }
}
