package io.keywane.control;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What can be asked of the daemon: name on the wire, arguments allowed, and whether it changes anything. */
public enum Verb {
    KEYS_LIST("keys.list", false, KeyList.class), //
    KEYS_SHOW("keys.show", false, KeyDetail.class, Argument.KEY), //
    /** Sends probes now, but changes nothing: the operator's way to look. */
    KEYS_PROBE("keys.probe", false, ProbeResult.class, Argument.KEY), //
    /** Registers the first current value of a managed key. */
    KEYS_IMPORT("keys.import", true, MutationResult.class, Argument.KEY, Argument.DASHBOARD_NAME, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_START("rotation.start", true, MutationResult.class, Argument.KEY, Argument.EMERGENCY, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_SUPPLY("rotation.supply", true, MutationResult.class, Argument.KEY, Argument.DASHBOARD_NAME, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_APPROVE("rotation.approve", true, MutationResult.class, Argument.KEY, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_STATUS("rotation.status", false, RotationStatus.class, Argument.KEY), //
    ROTATION_PAUSE("rotation.pause", true, MutationResult.class, Argument.KEY, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_RESUME("rotation.resume", true, MutationResult.class, Argument.KEY, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_ABORT("rotation.abort", true, MutationResult.class, Argument.KEY, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_ROLLBACK("rotation.rollback", true, MutationResult.class, Argument.KEY, Argument.DRY_RUN, Argument.PLAN), //
    /** Takes in the key that others put into the store. */
    ROTATION_ADOPT("rotation.adopt", true, MutationResult.class, Argument.KEY, Argument.DASHBOARD_NAME, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_WAIVE("rotation.waive", true, MutationResult.class, Argument.KEY, Argument.GATE, Argument.VERSION, Argument.DRY_RUN, Argument.PLAN), //
    ROTATION_CONFIRM_REVOKED("rotation.confirm-revoked", true, MutationResult.class, Argument.KEY, Argument.VERSION, Argument.DRY_RUN, Argument.PLAN), //
    /** Begins to measure how the windows count, on a key that nobody else uses. */
    CALIBRATE("calibrate", true, MutationResult.class, Argument.KEY), //
    CALIBRATION("calibration", false, CalibrationStatus.class, Argument.KEY), //
    USAGE("usage", false, UsageTable.class, Argument.KEY, Argument.SINCE), //
    /** The series of a key's use, with what was usual and the incidents in it. */
    USAGE_SERIES("usage.series", false, UseSeriesTable.class, Argument.KEY, Argument.SINCE), //
    KEYS_FINDINGS("keys.findings", false, FindingList.class), //
    ALERTS_LIST("alerts.list", false, AlertList.class), //
    ALERTS_SHOW("alerts.show", false, AlertDetail.class, Argument.ALERT), //
    ALERTS_ACK("alerts.ack", true, MutationResult.class, Argument.ALERT), //
    /** Announces unusual use of a key; without a span, ends that. */
    ALERTS_MAINTENANCE("alerts.maintenance", true, MutationResult.class, Argument.KEY, Argument.SPAN), //
    REPORT("report", false, Report.class, Argument.SINCE), //
    AUDIT_TAIL("audit.tail", false, AuditLines.class, Argument.COUNT), //
    AUDIT_VERIFY("audit.verify", false, AuditVerification.class), //
    EVIDENCE_LIST("evidence.list", false, EvidenceList.class, Argument.KEY), //
    EVIDENCE_EXPORT("evidence.export", false, EvidenceExport.class, Argument.BUNDLE), //
    /** Examines one store or all; what it tries changes nothing. */
    STORE_CHECK("store.check", false, DoctorReport.class, Argument.STORE), //
    DOCTOR("doctor", false, DoctorReport.class), //
    VERSION("version", false, VersionInfo.class);

    private final String wireName;
    private final boolean mutating;
    private final Class<? extends ControlResult> resultType;
    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Argument> arguments;

    Verb(String wireName, boolean mutating, Class<? extends ControlResult> resultType, Argument... arguments) {
        this.wireName = wireName;
        this.mutating = mutating;
        this.resultType = resultType;
        this.arguments = Set.of(arguments);
    }

    /** The name on the wire and in the audit, such as {@code rotation.supply}. */
    public String wireName() {
        return wireName;
    }

    /** Whether it changes state, so that it needs an operator's rights, an audit line and a request id. */
    public boolean isMutating() {
        return mutating;
    }

    /** Whether a key value follows the request. */
    public boolean takesSecret() {
        return this == KEYS_IMPORT || this == ROTATION_SUPPLY;
    }

    /** Whether it can be asked to say what it would do. */
    public boolean isPlannable() {
        return arguments.contains(Argument.DRY_RUN);
    }

    /** What a successful reply holds; that of a dry run is a {@link PlanResult}. */
    public Class<? extends ControlResult> resultType() {
        return resultType;
    }

    /** The arguments it may be given. */
    public Set<Argument> arguments() {
        return arguments;
    }

    /** The verb of a wire name. */
    public static Optional<Verb> ofWireName(String name) {
        return Stream.of(values()).filter(verb -> verb.wireName.equals(name)).findFirst();
    }
}
