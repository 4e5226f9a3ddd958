package io.keywane.control;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * One alert that fires, or one incident of the past, with the series that shows it.
 *
 * @param id by which it was asked for
 * @param alert the alert, while it fires
 * @param incident the incident that it stands for, if it is one in the use of a key
 * @param use the key's series around the incident
 */
public record AlertDetail(
        String id,
        Optional<AlertList.Alert> alert,
        Optional<UseSeriesTable.Incident> incident,
        Optional<UseSeriesTable> use) implements ControlResult {
    public AlertDetail {
        requireNonNull(id, "id is null");
        requireNonNull(alert, "alert is null");
        requireNonNull(incident, "incident is null");
        requireNonNull(use, "use is null");
    }
}
