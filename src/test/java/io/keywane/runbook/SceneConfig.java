package io.keywane.runbook;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import static java.util.stream.Collectors.joining;

/** The configuration of a scene's daemon: short times, windows of ten minutes that are declared as they are. */
final class SceneConfig {
    private final Map<String, String> organisations = new LinkedHashMap<>(Map.of("acme", "{credits_low: 500}"));
    private final Map<String, String> keys = new LinkedHashMap<>();
    private String policy = "approval: automatic, quiet_period: 5s";
    private String alerts = "calm: 1s";
    private String probing = "interval: 4s, balance_interval: 4s";
    private String more = "";

    SceneConfig() {
        key(Scene.KEY);
    }

    /** Another key of acme that is published under its name. */
    SceneConfig key(String name) {
        keys.put(name, "{organisation: acme, owner: search team, publish: {file: " + name + "}}");
        return this;
    }

    /** A key that is published under its name, and a program that tells its consumers. */
    SceneConfig telling(String name, Path program) {
        keys.put(name, "{organisation: acme, owner: search team, publish: {file: " + name + ", tell: {command: ["
                + program + "]}}}");
        return this;
    }

    /** The policy of every key, over the defaults of a scene. */
    SceneConfig policy(String fields) {
        policy = fields;
        return this;
    }

    SceneConfig alerts(String fields) {
        alerts = fields;
        return this;
    }

    SceneConfig probing(String fields) {
        probing = fields;
        return this;
    }

    SceneConfig more(String lines) {
        more = lines;
        return this;
    }

    String text(String baseUrl, String http) {
        String window = "{limit: %d, length: 10m, kind: rolling, tolerance: 1s,"
                + " remaining_counts_answered: true, reset: oldest_plus_window}";
        return """
                provider:
                  base_url: %s
                  groups:
                    general: {windows: [%s]}
                    feed: {windows: [%s]}
                organisations:
                  %s
                keys:
                  %s
                rotation: {propagation_delay: 1s, quiet_from_history: false, switch_share: 0.01, verify_patience: 10s, %s}
                calibration: {enabled: false}
                alerts: {%s}
                probing: {timeout: 2s, credits_per_day: 100000, share_of_limit: 0.3, %s}
                storage: {keys: state/keys, key_encryption_key: {file: kek}, database: state/keywane.db, publish: published}
                service: {http: "%s", socket: run/control.sock, operators: [], log: {level: error}}
                %s"""
                .formatted(baseUrl, window.formatted(Scene.GENERAL_LIMIT), window.formatted(Scene.FEED_LIMIT),
                        lines(organisations), lines(keys), policy, alerts, probing, http, more);
    }

    private static String lines(Map<String, String> entries) {
        return entries.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(joining("\n  "));
    }
}
