package io.keywane.grafana;

import java.util.List;

import static io.keywane.grafana.Panel.lines;
import static io.keywane.grafana.Panel.query;
import static io.keywane.grafana.Panel.stat;
import static io.keywane.grafana.Panel.states;
import static io.keywane.grafana.Panel.table;

/**
 * The dashboards that are shipped: all keys, one key, one key's rotation. They ask for metrics only, never for recording
 * rules, so that they show something wherever the daemon is scraped.
 */
public final class Dashboards {
    private static final Dashboard FLEET = new Dashboard("fleet", "Keywane / fleet", false, List.of(
            stat("Daemon", "none", "1 while Prometheus reaches the daemon under the job name keywane.",
                    query("up{job=\"keywane\"}", "{{instance}}")),
            stat("Alerts", "none", "What fires, as the daemon decides it. `keywane alerts list` says what to type.",
                    query("sum by (severity) (keywane_alert_active)", "{{severity}}")),
            stat("Rotations under way", "none", "Keys with a rotation between its opening and the flag.",
                    query("sum(keywane_rotation_state{state=~\"awaiting_key|staged|verified|promoted|draining|parked\"})",
                            "open")),
            stat("To be revoked", "none",
                    "Flagged versions that a person is asked to revoke in the vendor's dashboard.",
                    query("sum(keywane_key_versions{stage=\"flagged\"})", "flagged")),
            lines("Credits left", "none", "The wallet of each organisation at the last look, and the threshold.",
                    query("keywane_credits_balance", "{{organisation}}"),
                    query("keywane_credits_low_threshold", "{{organisation}}: low below")),
            lines("Time until credits run out", "s",
                    "By what was consumed in the last hour, and in six: only where both are short it is near.",
                    query("keywane_credits_balance / on (job, instance, organisation)"
                            + " (rate(keywane_credits_consumed_total[1h]) > 0)", "{{organisation}}, by 1 h"),
                    query("keywane_credits_balance / on (job, instance, organisation)"
                            + " (rate(keywane_credits_consumed_total[6h]) > 0)", "{{organisation}}, by 6 h")),
            lines("Credits consumed by others", "none", "An hour, at the present rate; top-ups and own probes apart.",
                    query("3600 * rate(keywane_credits_consumed_total[$__rate_interval])", "{{organisation}}")),
            lines("Requests by others", "reqps", "At most so many, over all limiter groups of a key.",
                    query("sum by (key) (rate(keywane_foreign_requests_total{bound=\"hi\"}[$__rate_interval]))",
                            "{{key}}")),
            lines("Probes", "reqps", "Keywane's own requests by what the answer says of the key.",
                    query("sum by (outcome) (rate(keywane_probes_total[$__rate_interval]))", "{{outcome}}")),
            lines("Probes that tell nothing", "reqps", "By the reason why.",
                    query("sum by (reason) (rate(keywane_probe_failures_total[$__rate_interval]))", "{{reason}}")),
            lines("Time of a probe", "s", "95 of 100 probes are answered within it.",
                    query("histogram_quantile(0.95, sum by (le, group)"
                            + " (rate(keywane_probe_duration_seconds_bucket[$__rate_interval])))", "{{group}}")),
            lines("Since the last success", "s", "Of each key, in the group where it is longest.",
                    query("max by (key) (time() - keywane_probe_last_success_timestamp_seconds)", "{{key}}")),
            table("Age of keys", "s", "Since the current version was taken in.",
                    query("time() - keywane_key_created_timestamp_seconds", "")),
            lines("Store failures", "reqps", "Calls to each key store that failed.",
                    query("sum by (store) (rate(keywane_store_request_failures_total[$__rate_interval]))",
                            "{{store}}")),
            lines("Loops", "s", "Since each loop of the daemon last finished a round.",
                    query("time() - keywane_loop_last_progress_timestamp_seconds", "{{loop}}")),
            lines("What should stay at zero", "none",
                    "Audit lines not written, readings not kept, alerts not taken, series not shown.",
                    query("keywane_audit_append_failures_total", "audit"),
                    query("keywane_history_dropped_total", "history"),
                    query("sum by (sink) (keywane_notifications_failed_total)", "alerts to {{sink}}"),
                    query("keywane_series_dropped_total", "series"))));

    private static final Dashboard KEY = new Dashboard("key", "Keywane / one key", true, List.of(
            stat("Accepted", "s", "Since the API last accepted the current version, by group.",
                    query("time() - keywane_probe_last_success_timestamp_seconds{key=\"$key\"}", "{{group}}")),
            stat("Age", "s", "Since the current version was taken in.",
                    query("time() - keywane_key_created_timestamp_seconds{key=\"$key\"}", "age")),
            stat("Due", "s", "Until the key is as old as it may become; below zero it is overdue.",
                    query("keywane_key_created_timestamp_seconds{key=\"$key\"}"
                            + " + keywane_key_max_age_seconds{key=\"$key\"} - time()", "due in")),
            stat("Alerts", "none", "Of this key.",
                    query("sum(keywane_alert_active{key=\"$key\"})", "firing")),
            lines("Requests by others", "reqps", "Certainly, and at most, by limiter group.",
                    query("sum by (group, bound) (rate(keywane_foreign_requests_total{key=\"$key\"}[$__rate_interval]))",
                            "{{group}} {{bound}}")),
            lines("Rate limit used", "percentunit", "Of the window that the API last showed for the current version.",
                    query("1 - keywane_ratelimit_remaining{key=\"$key\"} / keywane_ratelimit_limit{key=\"$key\"}",
                            "{{group}}")),
            lines("What was observed", "percentunit",
                    "The share of the last hour in which use by others would have been seen.",
                    query("keywane_coverage_ratio{key=\"$key\"}", "{{group}}")),
            lines("Since others last used it", "s", "A version in each stage, certainly.",
                    query("time() - keywane_foreign_last_use_timestamp_seconds{key=\"$key\"}", "{{stage}}")),
            lines("Unusual use", "none", "The score of the open incident, and its kind.",
                    query("keywane_anomaly_score{key=\"$key\"}", "score"),
                    query("keywane_anomaly_active{key=\"$key\"}", "{{kind}}")),
            lines("Probes", "reqps", "Keywane's own requests with this key, by what the answer says of it.",
                    query("sum by (group, outcome) (rate(keywane_probes_total{key=\"$key\"}[$__rate_interval])) > 0",
                            "{{group}} {{outcome}}")),
            lines("Versions", "none", "How many are in each stage.",
                    query("keywane_key_versions{key=\"$key\"} > 0", "{{stage}}")),
            lines("Windows contradicted", "none",
                    "Times at which counters were not as known; after the third a window must be calibrated anew.",
                    query("keywane_window_contradictions_total{key=\"$key\"}", "{{group}}"))));

    private static final Dashboard ROTATION = new Dashboard("rotation", "Keywane / one rotation", true, List.of(
            states("State",
                    "Where the key's last rotation stood. `keywane rotation status KEY` says what it waits for.",
                    query("keywane_rotation_state{key=\"$key\"}", "{{state}}")),
            stat("In this state for", "s", "Since the last rotation came into its state.",
                    query("time() - keywane_rotation_phase_entered_timestamp_seconds{key=\"$key\"}", "for")),
            stat("Waits for its revocation", "s", "The oldest flagged version; empty while none is flagged.",
                    query("time() - keywane_key_flagged_timestamp_seconds{key=\"$key\"}", "flagged for")),
            stat("Rotations", "none", "That ended, by how, since the daemon began to count.",
                    query("sum by (result) (keywane_rotations_total{key=\"$key\"})", "{{result}}")),
            stat("Steps that failed", "none", "By phase and reason, since the daemon began to count.",
                    query("sum(keywane_rotation_failures_total{key=\"$key\"})", "failed")),
            lines("Drain: since others last used it", "s",
                    "The line of retiring grows while the leaving key is silent; that of current stays near zero.",
                    query("time() - keywane_foreign_last_use_timestamp_seconds{key=\"$key\"}", "{{stage}}")),
            lines("Requests by others", "reqps", "With all versions together: a rotation leaves no trace in it.",
                    query("sum by (bound) (rate(keywane_foreign_requests_total{key=\"$key\"}[$__rate_interval]))",
                            "{{bound}}")),
            lines("Versions", "none", "How many are in each stage.",
                    query("keywane_key_versions{key=\"$key\"} > 0", "{{stage}}")),
            lines("What was observed", "percentunit", "Of the current version, in the last hour.",
                    query("keywane_coverage_ratio{key=\"$key\"}", "{{group}}")),
            lines("Store", "reqps", "Calls to key stores, by operation; of all keys.",
                    query("sum by (store, operation) (rate(keywane_store_requests_total[$__rate_interval])) > 0",
                            "{{store}} {{operation}}")),
            lines("Probes", "reqps", "Keywane's own requests with versions of this key, by kind.",
                    query("sum by (kind) (rate(keywane_probes_total{key=\"$key\"}[$__rate_interval])) > 0",
                            "{{kind}}"))));

    private Dashboards() {}

    static List<Dashboard> all() {
        return List.of(FLEET, KEY, ROTATION);
    }

    /** Every query, with a key for the variable and a length for Grafana's interval. */
    public static List<String> queries(String key, String interval) {
        return all().stream().flatMap(dashboard -> dashboard.panels().stream())
                .flatMap(panel -> panel.queries().stream()).map(Panel.Query::expression)
                .map(query -> query.replace("$key", key).replace("$__rate_interval", interval)).distinct().toList();
    }
}
