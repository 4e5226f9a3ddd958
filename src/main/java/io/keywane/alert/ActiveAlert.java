package io.keywane.alert;

import io.keywane.key.Moment;

import java.util.List;

import static java.util.Objects.requireNonNull;

/** An alert that fires, and since when. */
public record ActiveAlert(Alert alert, Moment since) {
    public ActiveAlert {
        requireNonNull(alert, "alert is null");
        requireNonNull(since, "since is null");
    }

    /** The alerts that fire now: those that fired before keep their begin, those that are gone have ended. */
    public static List<ActiveAlert> update(List<ActiveAlert> before, List<Alert> now, Moment at) {
        return now.stream()
                .map(alert -> before.stream().filter(active -> active.alert().isSameAs(alert)).findFirst()
                        .map(active -> new ActiveAlert(alert, active.since()))
                        .orElseGet(() -> new ActiveAlert(alert, at)))
                .toList();
    }
}
