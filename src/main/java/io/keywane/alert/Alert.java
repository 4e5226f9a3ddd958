package io.keywane.alert;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;

import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A condition that a person should act on, while it lasts.
 *
 * @param key the key it is about, if it is about one
 * @param organisation the organisation it is about
 * @param summary what is the case, with the figures
 * @param command what to type next
 * @param began when the incident that it stands for was detected, if it stands for one
 */
public record Alert(
        AlertName name,
        Optional<KeyName> key,
        OrganisationName organisation,
        String summary,
        String command,
        Optional<Instant> began) {
    public Alert {
        requireNonNull(name, "name is null");
        requireNonNull(key, "key is null");
        requireNonNull(organisation, "organisation is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(command, "command is null");
        requireNonNull(began, "began is null");
    }

    /** Whether both are the same alert about the same thing, whatever their words. */
    public boolean isSameAs(Alert other) {
        return name == other.name && key.equals(other.key) && organisation.equals(other.organisation);
    }
}
