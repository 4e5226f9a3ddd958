package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * What a person does in the vendor's dashboard, and what only a sandbox can tell. The same in process
 * ({@link Sandbox}) and over HTTP ({@link SandboxControlClient}); each throws {@link SandboxControlException}.
 */
public interface SandboxControl {

    Organisation createOrganisation(NewOrganisation organisation);

    List<Organisation> organisations();

    /** Adds credits to a wallet. */
    Organisation topUp(String organisationId, long credits);

    /** Opens or closes the feed for all keys of an organisation, at once. */
    Organisation changeFeedPlan(String organisationId, FeedPlan feedPlan);

    /** How the keys of an organisation are limited. */
    RateSettings rates(String organisationId);

    /**
     * Limits all keys of an organisation otherwise, from now on. If only limits differ, as in an upgrade of the plan,
     * what is counted stays; if anything else does, counters begin empty.
     */
    RateSettings changeRates(String organisationId, RateSettings rates);

    /** Creates a key; its value is told here and never again. */
    CreatedKey createKey(NewKey key);

    List<Key> keys();

    /** Rejects a key from now on; repeating it changes nothing. */
    Key revokeKey(String keyId);

    /** Forgets all requests counted against a key, in both groups, as a counter does that is lost. */
    Key wipeCounters(String keyId);

    /** Replaces all faults. */
    Faults setFaults(Faults faults);

    Faults faults();

    default Faults clearFaults() {
        return setFaults(Faults.NONE);
    }

    RequestPage requests(RequestFilter filter);

    /** One line for each key, and one each for unknown and missing keys that were used. */
    List<KeySummary> summary();

    /** Back to the state after the start: no organisations, keys, faults or ground truth. Key values come again. */
    void reset();

    /**
     * An organisation to make.
     *
     * @param balance credits, not negative
     * @param feedPlan null for the sandbox's default
     */
    record NewOrganisation(String name, long balance, @Nullable FeedPlan feedPlan) {
        public NewOrganisation {
            requireNonNull(name, "name is null");
            if (name.isBlank()) {
                throw new IllegalArgumentException("the organisation's name is blank");
            }
            if (balance < 0) {
                throw new IllegalArgumentException("balance " + balance + " is negative");
            }
        }

        public static NewOrganisation of(String name, long balance) {
            return new NewOrganisation(name, balance, null);
        }
    }

    /**
     * A key to make.
     *
     * @param name as a person would name it in the dashboard; null for its id
     * @param acceptedAfter how long the API goes on to refuse the new key
     */
    record NewKey(String organisationId, @Nullable String name, Duration acceptedAfter) {
        public NewKey {
            requireNonNull(organisationId, "organisationId is null");
            requireNonNull(acceptedAfter, "acceptedAfter is null");
            if (acceptedAfter.isNegative()) {
                throw new IllegalArgumentException("acceptedAfter " + acceptedAfter + " is negative");
            }
        }

        public static NewKey of(String organisationId, @Nullable String name) {
            return new NewKey(organisationId, name, Duration.ZERO);
        }
    }

    /** An organisation as it is now; balance in credits. */
    record Organisation(String id, String name, long balance, FeedPlan feedPlan) {
        public Organisation {
            requireNonNull(id, "id is null");
            requireNonNull(name, "name is null");
            requireNonNull(feedPlan, "feedPlan is null");
        }
    }

    /** A key as it is now, without its value; revokedAt is null as long as it is not revoked. */
    record Key(String id, String organisationId, String name, Instant acceptedFrom, @Nullable Instant revokedAt) {
        public Key {
            requireNonNull(id, "id is null");
            requireNonNull(organisationId, "organisationId is null");
            requireNonNull(name, "name is null");
            requireNonNull(acceptedFrom, "acceptedFrom is null");
        }
    }

    /** A new key with its value; the text form leaves the value out. */
    record CreatedKey(String id, String organisationId, String name, String value) {
        public CreatedKey {
            requireNonNull(id, "id is null");
            requireNonNull(organisationId, "organisationId is null");
            requireNonNull(name, "name is null");
            requireNonNull(value, "value is null");
        }

        @Override
        public String toString() {
            return "CreatedKey[id=" + id + ", organisationId=" + organisationId + ", name=" + name + "]";
        }
    }
}
