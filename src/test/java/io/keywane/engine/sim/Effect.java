package io.keywane.engine.sim;

/** Each kind of effect of the engine on what outlives it. The process may die before and after each. */
enum Effect {
    COMMIT,
    CONCLUDE,
    SETTING,
    AUDIT,
    LEDGER_OPEN,
    LEDGER_SETTLE,
    FLUSH,
    EVIDENCE,
    STAGE,
    PROMOTE,
    MARK,
    UNMARK,
    RELEASE,
    PUBLISH,
    PROBE,
    CONTROL
}
