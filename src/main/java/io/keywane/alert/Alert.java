package io.keywane.alert;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A condition that a person should act on, while it lasts.
 *
 * @param key the key it is about, if it is about one
 * @param organisation the organisation it is about
 * @param summary what is the case, with the figures
 * @param command what to type next
 */
public record Alert(
        AlertName name, Optional<KeyName> key, OrganisationName organisation, String summary, String command) {
    public Alert {
        requireNonNull(name, "name is null");
        requireNonNull(key, "key is null");
        requireNonNull(organisation, "organisation is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(command, "command is null");
    }

    /** Whether both are the same alert about the same thing, whatever their words. */
    public boolean isSameAs(Alert other) {
        return name == other.name && key.equals(other.key) && organisation.equals(other.organisation);
    }
}
