package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.rotation.Gate;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** What can be asked to be done to a managed key's rotation. A key value in it is never shown. */
public sealed interface Change {
    /** Takes the first key of a name into custody and makes it current. */
    record TakeFirst(KeyMaterial material, Optional<String> dashboardName) implements Change {
        public TakeFirst {
            requireNonNull(material, "material is null");
            requireNonNull(dashboardName, "dashboardName is null");
        }
    }

    /** Opens a rotation; in an emergency at any time. */
    record Start(boolean emergency) implements Change {}

    /** Takes the new key of the open rotation into custody. */
    record Supply(KeyMaterial material, Optional<String> dashboardName) implements Change {
        public Supply {
            requireNonNull(material, "material is null");
            requireNonNull(dashboardName, "dashboardName is null");
        }
    }

    /** Approves the promotion that is to come. */
    record Approve() implements Change {}

    /** Stops the rotation where it is. */
    record Pause() implements Change {}

    /** Lets it go on. */
    record Resume() implements Change {}

    /** Ends it before promotion. */
    record Abort() implements Change {}

    /** Asks for the former key back. */
    record Rollback() implements Change {}

    /** Takes in what others put into the store. */
    record Adopt(Optional<String> dashboardName) implements Change {
        public Adopt {
            requireNonNull(dashboardName, "dashboardName is null");
        }
    }

    /**
     * Accepts that a gate is not proven.
     *
     * @param brief the first digits of one leaving version; empty: those of the latest rotation
     */
    record Waive(Gate gate, Optional<String> brief) implements Change {
        public Waive {
            requireNonNull(gate, "gate is null");
            requireNonNull(brief, "brief is null");
        }
    }

    /**
     * Says that a leaving version was revoked, which the daemon then proves.
     *
     * @param brief its first digits; empty: the first that leaves
     */
    record ConfirmRevoked(Optional<String> brief) implements Change {
        public ConfirmRevoked {
            requireNonNull(brief, "brief is null");
        }
    }
}
