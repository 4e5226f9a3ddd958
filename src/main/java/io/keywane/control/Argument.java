package io.keywane.control;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a verb can be told. Values travel as JSON strings; {@link ControlRequest} reads them with their types. */
public enum Argument {
    /** Name of a managed key. */
    KEY,
    /** The name that the vendor's dashboard shows beside the key. */
    DASHBOARD_NAME,
    /** {@code true}: the key has leaked. */
    EMERGENCY,
    /** The word of a gate, such as {@code quiet}. */
    GATE,
    /** First digits of a version id, at least eight. */
    VERSION,
    /** How far back, an ISO-8601 duration such as {@code PT24H}. */
    SINCE,
    /** How long, an ISO-8601 duration such as {@code PT2H}. */
    SPAN,
    /** How many lines. */
    COUNT,
    /** A bundle of evidence: name of a managed key, id of a rotation, or first digits of its SHA-256, at least eight. */
    BUNDLE,
    /** The id of an alert or incident. */
    ALERT,
    /** Name of a configured store, or {@code file}. */
    STORE,
    /** {@code true}: only say what would be done. */
    DRY_RUN,
    /** The id of a plan, as a dry run prints it: do it only if the plan still fits. */
    PLAN;

    /** The name in JSON, snake case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The argument of a wire name. */
    public static Optional<Argument> ofWireName(String name) {
        return Stream.of(values()).filter(argument -> argument.wireName().equals(name)).findFirst();
    }
}
