package io.keywane.engine.sim;

/** What a person does out of turn, be it right or wrong. */
enum Act {
    START,
    SUPPLY_CURRENT,
    SUPPLY_UNKNOWN_TO_API,
    SUPPLY_RETIRED,
    SUPPLY_OF_ANOTHER_KEY,
    APPROVE,
    PAUSE,
    RESUME,
    ABORT,
    ROLLBACK,
    WAIVE,
    EMERGENCY,
    CONFIRM,
    ADOPT,
    PROBE_NOW,
    REVOKE_CURRENT,
    REVOKE_NEW,
    REVOKE_LEAVING,
    USE_LEAVING,
    STORE_BY_HAND,
    RESTART,
    LOOK
}
