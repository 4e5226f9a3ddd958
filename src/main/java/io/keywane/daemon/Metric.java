package io.keywane.daemon;

import java.util.List;

/**
 * The catalogue of what {@code /metrics} shows: each name has one kind, one meaning and one set of labels.
 *
 * <p>Label values are names that the configuration gives (key, organisation, group) or words of closed lists; never
 * anything of a key's value. Units are in the name; times are UNIX times in seconds.
 */
public enum Metric {
    BUILD(Kind.INFO, "keywane_build_info", "Version of the running Keywane; always 1.", "version"),
    CONFIG_RELOAD_SUCCESSFUL(Kind.GAUGE, "keywane_config_last_reload_successful", "Whether the last attempt to read the configuration succeeded (1) or the former one is still in use (0)."),
    CONFIG_RELOAD_TIME(Kind.GAUGE, "keywane_config_last_reload_success_timestamp_seconds", "When the configuration in use was read."),
    PROBE_INTERVAL(Kind.GAUGE, "keywane_probe_interval_seconds", "How often each key and group is probed, as configured."),
    PROBES(Kind.COUNTER, "keywane_probes_total", "Requests of Keywane's own to the API, by what the answer says of the key.", "key", "group", "kind", "outcome"),
    PROBE_FAILURES(Kind.COUNTER, "keywane_probe_failures_total", "Probes that tell nothing of the key (outcome unknown), by reason.", "key", "reason"),
    PROBE_DURATION(Kind.HISTOGRAM, "keywane_probe_duration_seconds", "Time from sending a probe until its answer was complete, or given up.", "group"),
    PROBE_LAST_SUCCESS(Kind.GAUGE, "keywane_probe_last_success_timestamp_seconds", "When the API last accepted the key's current version; absent before the first time.", "key", "group"),
    PROBE_CREDITS(Kind.COUNTER, "keywane_probe_credits_total", "Credits that Keywane's own probes cost.", "organisation"),
    RATELIMIT_LIMIT(Kind.GAUGE, "keywane_ratelimit_limit", "Requests allowed in the window that the API last showed for the key's current version.", "key", "group"),
    RATELIMIT_REMAINING(Kind.GAUGE, "keywane_ratelimit_remaining", "Requests left in the window that the API last showed for the key's current version.", "key", "group"),
    RATELIMIT_RESET(Kind.GAUGE, "keywane_ratelimit_reset_timestamp_seconds", "When that window resets, by the API's clock.", "key", "group"),
    FOREIGN_REQUESTS(Kind.COUNTER, "keywane_foreign_requests_total", "Requests of others with the key, estimated: at least (lo) and at most (hi) so many.", "key", "group", "bound"),
    CONTRADICTIONS(Kind.COUNTER, "keywane_window_contradictions_total", "Times at which the key's counters contradicted what is known of a window; nothing is claimed for a while after each, and after the third until the window is calibrated anew.", "key", "group"),
    FOREIGN_LAST_USE(Kind.GAUGE, "keywane_foreign_last_use_timestamp_seconds", "When somebody else last certainly used a version of the key in this stage; absent if never seen.", "key", "stage"),
    COVERAGE(Kind.GAUGE, "keywane_coverage_ratio", "Share of the recent time in which use of the key by others would have been seen, 0 to 1.", "key", "group"),
    CREDITS_BALANCE(Kind.GAUGE, "keywane_credits_balance", "Credits left in the organisation's wallet at the last look; absent before the first.", "organisation"),
    CREDITS_LOW_THRESHOLD(Kind.GAUGE, "keywane_credits_low_threshold", "Balance below which credits count as low, as configured.", "organisation"),
    CREDITS_CONSUMED(Kind.COUNTER, "keywane_credits_consumed_total", "Credits that others consumed; top-ups and Keywane's own probes kept apart.", "organisation"),
    CREDITS_TOPPED_UP(Kind.COUNTER, "keywane_credits_topped_up_total", "Credits added to the wallet.", "organisation"),
    ANOMALY_ACTIVE(Kind.GAUGE, "keywane_anomaly_active", "Whether an incident of this kind is open in the use of the key (1) or not (0).", "key", "kind"),
    ANOMALY_SCORE(Kind.GAUGE, "keywane_anomaly_score", "How far beyond the alarm threshold the open incident in the use of the key is, 0.5 to 1; 0 where none is open.", "key"),
    KEY_CREATED(Kind.GAUGE, "keywane_key_created_timestamp_seconds", "When the key's current version was taken in.", "key"),
    KEY_MAX_AGE(Kind.GAUGE, "keywane_key_max_age_seconds", "Age at which the key is due for rotation, as configured; absent where age does not matter.", "key"),
    KEY_VERSIONS(Kind.GAUGE, "keywane_key_versions", "Versions of the key in each stage.", "key", "stage"),
    KEY_FLAGGED(Kind.GAUGE, "keywane_key_flagged_timestamp_seconds", "Since when the key's oldest flagged version waits for its revocation; absent where none does.", "key"),
    ROTATION_STATE(Kind.GAUGE, "keywane_rotation_state", "Whether the key's last rotation is in this state (1) or not (0); all 0 before the first rotation.", "key", "state"),
    ROTATION_PHASE_ENTERED(Kind.GAUGE, "keywane_rotation_phase_entered_timestamp_seconds", "When the key's last rotation entered its state; absent before the first rotation.", "key"),
    ROTATIONS(Kind.COUNTER, "keywane_rotations_total", "Rotations that ended, by how.", "key", "result"),
    ROTATION_FAILURES(Kind.COUNTER, "keywane_rotation_failures_total", "Steps of rotations that failed, by the phase in which and the reason why.", "key", "phase", "reason"),
    TELL_RUNS(Kind.COUNTER, "keywane_publish_tell_runs_total", "Runs of the command that tells consumers of a publication, by how they ended.", "key", "outcome"),
    TELL_FAILING(Kind.GAUGE, "keywane_publish_tell_failing_timestamp_seconds", "Since when that command fails for the latest publication of the key; absent while it does not.", "key"),
    ALERT_ACTIVE(Kind.GAUGE, "keywane_alert_active", "Whether an alert is active (1) or not (0).", "alert", "severity", "key", "organisation"),
    STORE_REQUESTS(Kind.COUNTER, "keywane_store_requests_total", "Calls to the key store.", "store", "operation"),
    STORE_FAILURES(Kind.COUNTER, "keywane_store_request_failures_total", "Calls to the key store that failed.", "store", "operation", "reason"),
    AUDIT_FAILURES(Kind.COUNTER, "keywane_audit_append_failures_total", "Audit records that could not be written; nothing is changed while they cannot."),
    NOTIFICATIONS_FAILED(Kind.COUNTER, "keywane_notifications_failed_total", "Pushes of alerts that the place did not take; they are tried again.", "sink"),
    HISTORY_DROPPED(Kind.COUNTER, "keywane_history_dropped_total", "Readings that were not kept, because history could not be written."),
    LOOP_PROGRESS(Kind.GAUGE, "keywane_loop_last_progress_timestamp_seconds", "When a loop of the daemon last finished a round.", "loop"),
    SERIES_DROPPED(Kind.COUNTER, "keywane_series_dropped_total", "Series not shown because there would be too many, counted at each scrape or update that they missed.");

    /** What sort of metric it is. */
    public enum Kind {
        COUNTER, GAUGE, HISTOGRAM, INFO
    }

    private final Kind kind;
    private final String exposedName;
    private final String help;
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    Metric(Kind kind, String exposedName, String help, String... labels) {
        this.kind = kind;
        this.exposedName = exposedName;
        this.help = help;
        this.labels = List.of(labels);
    }

    public Kind kind() {
        return kind;
    }

    /** The name in rules, dashboards and on the wire. */
    public String exposedName() {
        return exposedName;
    }

    public String help() {
        return help;
    }

    /** The label names, in the order in which values are given. */
    public List<String> labels() {
        return labels;
    }

    // Both libraries add the suffix of the kind themselves.
    String baseName() {
        return switch (kind) {
            case COUNTER -> withoutSuffix("_total");
            case INFO -> withoutSuffix("_info");
            case HISTOGRAM -> withoutSuffix("_seconds");
            case GAUGE -> exposedName;
        };
    }

    private String withoutSuffix(String suffix) {
        if (!exposedName.endsWith(suffix)) {
            throw new IllegalStateException(exposedName + " must end with " + suffix);
        }
        return exposedName.substring(0, exposedName.length() - suffix.length());
    }
}
