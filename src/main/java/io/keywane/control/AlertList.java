package io.keywane.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What fires now, and of which keys no alert of their use is told.
 *
 * @param alerts most urgent first
 * @param maintenance the keys whose unusual use was announced, while that lasts
 */
public record AlertList(List<Alert> alerts, List<Maintenance> maintenance) implements ControlResult {
    public AlertList {
        alerts = List.copyOf(alerts);
        maintenance = List.copyOf(maintenance);
    }

    /**
     * Unusual use that somebody announced.
     *
     * @param key the managed key
     * @param announced who announced it, until when and why
     */
    public record Maintenance(String key, String announced) {
        public Maintenance {
            requireNonNull(key, "key is null");
            requireNonNull(announced, "announced is null");
        }
    }

    /**
     * One firing alert.
     *
     * @param name as in the rules and the runbooks, {@code Keywane...}
     * @param severity {@code critical} or {@code warning}
     * @param key the managed key it is about, if one
     * @param organisation the organisation it is about, if one
     * @param since when it began to fire
     * @param summary one sentence with value and threshold
     * @param command what to type next
     * @param id by which it is shown and acknowledged
     * @param acknowledged who has taken it on, when and why
     */
    public record Alert(
            String name,
            String severity,
            Optional<String> key,
            Optional<String> organisation,
            Instant since,
            String summary,
            String command,
            String id,
            Optional<String> acknowledged) {
        public Alert {
            requireNonNull(name, "name is null");
            requireNonNull(severity, "severity is null");
            requireNonNull(key, "key is null");
            requireNonNull(organisation, "organisation is null");
            requireNonNull(since, "since is null");
            requireNonNull(summary, "summary is null");
            requireNonNull(command, "command is null");
            requireNonNull(id, "id is null");
            requireNonNull(acknowledged, "acknowledged is null");
        }
    }
}
