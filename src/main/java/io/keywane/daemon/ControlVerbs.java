package io.keywane.daemon;

import io.keywane.control.Argument;
import io.keywane.control.AuditLines;
import io.keywane.control.AuditVerification;
import io.keywane.control.ControlException;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.DoctorReport;
import io.keywane.control.ExitCode;
import io.keywane.control.IncomingRequest;
import io.keywane.control.KeyDetail;
import io.keywane.control.KeyList;
import io.keywane.control.ProbeResult;
import io.keywane.control.Product;
import io.keywane.control.VersionInfo;
import io.keywane.engine.CalibrationReport;
import io.keywane.engine.Engine;
import io.keywane.engine.KeyReport;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Ports;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.engine.UnknownKeyException;
import io.keywane.key.KeyName;
import io.keywane.rotation.RefusedException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers the verbs of the operator socket: reads from the engine, or hands a change to it. */
final class ControlVerbs implements ControlHandler {
    private static final int AUDIT_LINES = 20;

    private final Engine engine;
    private final Ports ports;
    private final Daemon daemon;
    private final Mutations mutations;
    private final Doctor doctor;
    private final EvidenceReading evidence;
    private final AlertReading alerts;

    ControlVerbs(Engine engine, Ports ports, Daemon daemon) {
        this.engine = engine;
        this.ports = ports;
        this.daemon = daemon;
        this.mutations = new Mutations(engine, ports);
        this.alerts = new AlertReading(engine, ports);
        this.doctor = new Doctor(engine, ports, daemon);
        this.evidence = new EvidenceReading(ports.evidence());
    }

    @Override
    public ControlReply handle(Peer peer, IncomingRequest incoming) {
        try {
            return answer(peer, incoming);
        } catch (RefusedException e) {
            return ControlReply.failed(ExitCode.CONFLICT, String.valueOf(e.getMessage()), e.hint());
        } catch (UnknownKeyException e) {
            return ControlReply.failed(ExitCode.NOT_FOUND, String.valueOf(e.getMessage()),
                    "see `keywane keys list`, or add it to the configuration and reload");
        } catch (StoreException e) {
            return storeFailed(e);
        } catch (PersistenceException e) {
            return ControlReply.failed(ExitCode.FAILURE, String.valueOf(e.getMessage()),
                    "nothing was changed; see `keywane doctor`");
        }
    }

    private static ControlReply storeFailed(StoreException e) {
        ExitCode exit = switch (e.kind()) {
            case UNKNOWN_OUTCOME -> ExitCode.OUTCOME_UNKNOWN;
            case CONFLICT -> ExitCode.CONFLICT;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case DENIED, UNAVAILABLE, DAMAGED, STALE_PROOF -> ExitCode.FAILURE;
        };
        return ControlReply.failed(exit, String.valueOf(e.getMessage()), "see `keywane doctor`");
    }

    private ControlReply answer(Peer peer, IncomingRequest incoming) {
        ControlRequest request = incoming.request();
        if (request.verb().isMutating()) {
            return mutations.perform(peer, incoming);
        }
        return switch (request.verb()) {
            case KEYS_LIST -> ControlReply.done(new KeyList(engine.keys().stream()
                    .flatMap(name -> engine.lastReport(name).stream()).map(WireVersions::summary).toList()));
            case KEYS_SHOW -> ControlReply.done(detail(report(request.key())));
            case KEYS_PROBE -> ControlReply.done(new ProbeResult(request.key().value(),
                    engine.operations().probe(request.key()).stream().map(WireVersions::sample).toList()));
            case CALIBRATION ->
                ControlReply.done(CalibrationReading.status(request.key(), calibration(request.key())));
            case ROTATION_STATUS -> ControlReply.done(StatusReading.of(report(request.key())));
            case USAGE -> ControlReply.done(UsageReading.of(request, ports));
            case USAGE_SERIES -> ControlReply.done(alerts.series(request));
            case KEYS_FINDINGS -> ControlReply.done(alerts.findings());
            case ALERTS_LIST -> ControlReply.done(alerts.list());
            case ALERTS_SHOW -> ControlReply.done(alerts.detail(request));
            case REPORT -> ControlReply.done(new ReportReading(engine, ports).of(request));
            case AUDIT_TAIL -> ControlReply.done(audit(request.count(Argument.COUNT).orElse(AUDIT_LINES)));
            case AUDIT_VERIFY -> verification();
            case EVIDENCE_LIST -> ControlReply.done(evidence.list(request));
            case EVIDENCE_EXPORT -> ControlReply.done(evidence.export(request));
            case STORE_CHECK -> report(doctor.stores(request.text(Argument.STORE)));
            case DOCTOR -> report(doctor.examine());
            case VERSION -> ControlReply.done(version());
            case KEYS_IMPORT, ROTATION_START, ROTATION_SUPPLY, ROTATION_APPROVE, ROTATION_PAUSE, ROTATION_RESUME,
                    ROTATION_ABORT, ROTATION_ROLLBACK, ROTATION_ADOPT, ROTATION_WAIVE, ROTATION_CONFIRM_REVOKED,
                    CALIBRATE, ALERTS_ACK, ALERTS_MAINTENANCE ->
                throw new ControlException(ExitCode.USAGE, "not a question: " + request.verb().wireName(), "");
        };
    }

    private KeyReport report(KeyName key) {
        return engine.report(key).orElseThrow(() -> new UnknownKeyException(key));
    }

    private CalibrationReport calibration(KeyName key) {
        return engine.calibration(key).orElseThrow(() -> new UnknownKeyException(key));
    }

    private KeyDetail detail(KeyReport report) {
        return new KeyDetail(WireVersions.summary(report), report.state().versions().stream()
                .map(v -> WireVersions.version(v, report.state())).toList(),
                CalibrationReading.windows(calibration(report.settings().name())));
    }

    private AuditLines audit(int count) {
        return new AuditLines(ports.states().auditTail(count).stream().map(ControlVerbs::line).toList());
    }

    private static AuditLines.Line line(StoredAuditEntry stored) {
        return new AuditLines.Line(stored.sequence(), stored.entry().at(), stored.entry().actor(),
                stored.entry().action(), stored.entry().key().map(KeyName::value), stored.entry().reason(),
                stored.entry().requestId(), stored.entry().details(), stored.hash());
    }

    private ControlReply verification() {
        OptionalLong broken = ports.states().firstBrokenAudit();
        List<StoredAuditEntry> last = ports.states().auditTail(1);
        long lines = last.isEmpty() ? 0 : last.getFirst().sequence();
        AuditVerification seen = new AuditVerification(broken.isEmpty(), lines,
                last.stream().map(StoredAuditEntry::hash).findFirst(),
                broken.isPresent() ? Optional.of(broken.getAsLong()) : Optional.empty());
        return ControlReply.with(broken.isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS_FOUND, seen);
    }

    private static ControlReply report(DoctorReport report) {
        return ControlReply.with(report.hasProblem() ? ExitCode.PROBLEMS_FOUND : ExitCode.DONE, report);
    }

    private VersionInfo version() {
        return new VersionInfo(Product.version(), Runtime.version().toString(), ProcessHandle.current().pid(),
                daemon.started(), daemon.file().toString(), daemon.lastReload().inUseSince(),
                daemon.lastReload().error());
    }
}
