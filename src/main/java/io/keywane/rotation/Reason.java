package io.keywane.rotation;

import java.util.Locale;

/**
 * Why a rotation or a leaving version is where it is: the closed list of words used in state, audit, metric label, log
 * and test.
 */
public enum Reason {
    // Beginnings
    STARTED_BY_OPERATOR("an operator started it"),
    STARTED_BY_AGE("the key is older than its policy allows"),
    STARTED_FOR_EMERGENCY("an operator declared an emergency"),
    STARTED_FOR_ADOPTION("an operator adopts the key that others put into the store"),
    STARTED_FOR_ROLLBACK("an operator puts the former key back"),
    // Waiting
    WAITS_FOR_KEY("waits for the new key: create one in the vendor's dashboard, then `keywane rotation supply`"),
    WAITS_FOR_PROOF("waits for an authenticated success with the new key"),
    WAITS_FOR_CALIBRATION("measures how the rate limiter counts on the new key, while nobody uses it"),
    WAITS_FOR_APPROVAL("waits for approval: `keywane rotation approve`"),
    WAITS_FOR_WINDOW("waits for a promotion window of the policy"),
    WAITS_FOR_PUBLICATION("waits until the new key is published to consumers"),
    WAITS_FOR_PROPAGATION("waits until consumers have had the time to read the new key"),
    WAITS_FOR_SILENCE("waits until the old key has been silent for its quiet period"),
    WAITS_FOR_SWITCH("waits until the new key carries the load"),
    WAITS_FOR_WALLET("waits until the wallet has been above zero for the quiet period"),
    WAITS_FOR_ROLLBACK_PROOF("waits for an authenticated success with the old key before putting it back"),
    PAUSED_BY_OPERATOR("an operator paused it: `keywane rotation resume`"),
    // Progress
    KEY_SUPPLIED("the new key was stored and read back"),
    KEY_ACCEPTED("the API accepted the new key as read back from the store"),
    PROMOTION_READ_BACK("the store serves the new key"),
    PUBLISHED("the new key was published to consumers"),
    DRAIN_PROVEN("the old key was silent for its quiet period in every group, and the new key carries the load"),
    DRAIN_WAIVED("a named person waived a missing proof"),
    NOTHING_TO_DRAIN("there was no old key"),
    FLAG_MARKED("the old key may be revoked"),
    REVOCATION_CONFIRMED("the API refuses the old key and accepts the new one"),
    // Turns
    KEY_REFUSED("the API refused the new key"),
    KEY_DIFFERS("the new key is proven to belong to another wallet, plan or environment, or to have other limits"),
    NOT_CHOSEN("it was stored, but its rotation went on without it"),
    ABORTED_BY_OPERATOR("an operator ended it before promotion"),
    ROLLED_BACK_BY_OPERATOR("an operator put the old key back"),
    SUPERSEDED_BY_EMERGENCY("an emergency rotation took its place; the keys that leave are still watched"),
    SUPERSEDED_BY_ADOPTION("the key that others put into the store is adopted in its place"),
    WRONG_KEY_REVOKED("the API refuses the new key and accepts the former one, so that is put back"),
    USED_AFTER_FLAG("the flagged key was used again, so the flag was withdrawn"),
    EVIDENCE_LOST("the evidence for the flag is gone, before it was set or with a restored state, so the drain goes on"),
    RESUMED("the cause of the stop has ended"),
    // Parked
    FOREIGN_CHANGE("somebody else changed the key in the store; both values are kept: `keywane rotation adopt`"),
    STATE_BEHIND("the store holds keys that the state does not know, as after a restored backup: `keywane rotation adopt`"),
    STORE_FAILING("the store cannot be read or written"),
    OLD_KEY_NOT_ACCEPTED("the old key is refused or unproven, so it is not put back"),
    CURRENT_REFUSED("the API refuses the key that consumers read");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    /** The word in state, audit, metrics and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same for people. */
    public String sentence() {
        return sentence;
    }
}
