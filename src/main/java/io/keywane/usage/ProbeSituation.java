package io.keywane.usage;

import io.keywane.key.Moment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * All that the next probe of one version in one group depends on.
 *
 * @param now the time
 * @param started when the daemon started
 * @param purpose what the version is probed for
 * @param windows the known windows of the group
 * @param lastGood its latest sample with usable limit headers, if there is one
 * @param own our own requests that may still be in a window, in the order of sending, the latest one included
 * @param notBefore a wait that the server asked for
 * @param fixedDisplay whether it was seen that the API does not choose the window it shows by how full it is
 * @param lastUse when others' use was last seen
 * @param provenBy when the silence under way will have lasted long enough if nothing breaks it; empty where there is none
 */
public record ProbeSituation(
        Moment now,
        Moment started,
        ProbePurpose purpose,
        List<WindowModel> windows,
        Optional<Sample> lastGood,
        List<OwnTime> own,
        Optional<Moment> notBefore,
        boolean fixedDisplay,
        Optional<Moment> lastUse,
        Optional<Moment> provenBy) {
    public ProbeSituation {
        requireNonNull(now, "now is null");
        requireNonNull(started, "started is null");
        requireNonNull(purpose, "purpose is null");
        windows = List.copyOf(windows);
        requireNonNull(lastGood, "lastGood is null");
        own = List.copyOf(own);
        requireNonNull(notBefore, "notBefore is null");
        requireNonNull(lastUse, "lastUse is null");
        requireNonNull(provenBy, "provenBy is null");
    }

    /** What the headers showed last. */
    Optional<RateLimitReading> reading() {
        return lastGood.flatMap(sample -> sample.headers().rateLimit());
    }

    /** The known window that the headers showed last. */
    Optional<WindowModel> shown() {
        return reading().flatMap(r -> windows.stream().filter(w -> w.limit() == r.limit()).findFirst());
    }

    /** Time since the boot, on which everything is measured. */
    Duration clock() {
        return now.sinceBoot();
    }

    /** A moment of a former boot lies at its very beginning, as far as waiting is concerned. */
    Duration clock(Moment moment) {
        return moment.boot().equals(now.boot()) ? moment.sinceBoot() : Duration.ZERO;
    }

    /** The moment at which the clock will show this. */
    Moment at(Duration clock) {
        return now.plus(clock.minus(now.sinceBoot()));
    }
}
