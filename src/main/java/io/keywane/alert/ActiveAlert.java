package io.keywane.alert;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * An alert that fires, and since when.
 *
 * @param acknowledged who has taken it on, if anybody has
 */
public record ActiveAlert(Alert alert, Moment since, Optional<Acknowledgement> acknowledged) {
    public ActiveAlert {
        requireNonNull(alert, "alert is null");
        requireNonNull(since, "since is null");
        requireNonNull(acknowledged, "acknowledged is null");
    }

    /** What a person types to name it; stays the same while it fires. */
    public AlertId id() {
        return AlertId.of(alert.name(), alert.key().map(KeyName::value).orElse(alert.organisation().value()),
                alert.began().orElse(since.wall()));
    }

    public ActiveAlert acknowledged(Acknowledgement by) {
        return new ActiveAlert(alert, since, Optional.of(by));
    }

    /** The alerts that fire now: those that fired before keep their begin, those that are gone have ended. */
    public static List<ActiveAlert> update(List<ActiveAlert> before, List<Alert> now, Moment at) {
        return now.stream()
                .map(alert -> before.stream().filter(active -> active.alert().isSameAs(alert)).findFirst()
                        .map(active -> new ActiveAlert(alert, active.since(), active.acknowledged()))
                        .orElseGet(() -> new ActiveAlert(alert, at, Optional.empty())))
                .toList();
    }
}
