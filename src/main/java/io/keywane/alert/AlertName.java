package io.keywane.alert;

import static io.keywane.alert.Severity.CRITICAL;
import static io.keywane.alert.Severity.WARNING;

/**
 * Every alert there is: one Prometheus rule and one runbook each, under the same name. Those that the daemon itself decides
 * are also exported as a metric and listed by {@code keywane alerts}.
 */
public enum AlertName {
    DOWN("KeywaneDown", CRITICAL, false),
    PROBES_STALE("KeywaneProbesStale", CRITICAL, true),
    KEY_REJECTED("KeywaneKeyRejected", CRITICAL, true),
    HEADER_STRIPPED("KeywaneHeaderStripped", CRITICAL, true),
    API_UNREACHABLE("KeywaneApiUnreachable", CRITICAL, true),
    CREDITS_LOW("KeywaneCreditsLow", WARNING, true),
    CREDITS_RUN_OUT_SOON("KeywaneCreditsRunOutSoon", CRITICAL, true),
    CREDITS_RUN_OUT_IN_DAYS("KeywaneCreditsRunOutInDays", WARNING, true),
    UNKNOWN_KEY("KeywaneUnknownKeyInUse", CRITICAL, true),
    OUT_OF_CREDITS("KeywaneOutOfCredits", CRITICAL, true),
    RATE_LIMIT_SATURATED("KeywaneRateLimitSaturated", WARNING, true),
    USAGE_SPIKE("KeywaneUsageSpike", CRITICAL, true),
    USAGE_RISING("KeywaneUsageRising", WARNING, true),
    USAGE_SILENT("KeywaneUsageSilent", CRITICAL, true),
    PLAN_LIMITED("KeywanePlanLimited", WARNING, true),
    ROTATION_DUE("KeywaneRotationDue", WARNING, true),
    ROTATION_STUCK("KeywaneRotationStuck", WARNING, true),
    ROTATION_PARKED("KeywaneRotationParked", CRITICAL, true),
    FOREIGN_CHANGE("KeywaneForeignChange", CRITICAL, true),
    REVOCATION_PENDING("KeywaneRevocationPending", WARNING, true),
    FLAGGED_KEY_USED("KeywaneFlaggedKeyUsed", CRITICAL, true),
    CONSUMERS_NOT_TOLD("KeywaneConsumersNotTold", WARNING, true),
    WINDOW_CONTRADICTED("KeywaneWindowContradicted", WARNING, false),
    REVOKED_KEY_ACCEPTED("KeywaneRevokedKeyAccepted", CRITICAL, true),
    STORE_FAILING("KeywaneStoreFailing", CRITICAL, false),
    AUDIT_FAILING("KeywaneAuditFailing", CRITICAL, false),
    CONFIG_RELOAD_FAILED("KeywaneConfigReloadFailed", WARNING, false);

    private final String alertName;
    private final Severity severity;
    private final boolean decidedHere;

    AlertName(String alertName, Severity severity, boolean decidedHere) {
        this.alertName = alertName;
        this.severity = severity;
        this.decidedHere = decidedHere;
    }

    /** The name of the rule and of the runbook. */
    public String alertName() {
        return alertName;
    }

    /** Whether it is about one managed key; else about an organisation or the whole. */
    public boolean isAboutKeys() {
        return switch (this) {
            case PROBES_STALE, KEY_REJECTED, RATE_LIMIT_SATURATED, USAGE_SPIKE, USAGE_RISING, USAGE_SILENT,
                    PLAN_LIMITED,
                    ROTATION_DUE, ROTATION_STUCK,
                    ROTATION_PARKED, FOREIGN_CHANGE, REVOCATION_PENDING, FLAGGED_KEY_USED,
                    REVOKED_KEY_ACCEPTED, CONSUMERS_NOT_TOLD, WINDOW_CONTRADICTED ->
                true;
            case DOWN, HEADER_STRIPPED, API_UNREACHABLE, CREDITS_LOW, CREDITS_RUN_OUT_SOON,
                    CREDITS_RUN_OUT_IN_DAYS, UNKNOWN_KEY, OUT_OF_CREDITS, STORE_FAILING, AUDIT_FAILING,
                    CONFIG_RELOAD_FAILED ->
                false;
        };
    }

    public Severity severity() {
        return severity;
    }

    /** Whether {@link AlertRules} decides it; the others can only be seen from outside, on plain metrics. */
    public boolean isDecidedHere() {
        return decidedHere;
    }
}
