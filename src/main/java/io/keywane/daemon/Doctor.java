package io.keywane.daemon;

import io.keywane.control.ControlException;
import io.keywane.control.DoctorReport;
import io.keywane.control.DoctorReport.Check;
import io.keywane.control.DoctorReport.Level;
import io.keywane.control.ExitCode;
import io.keywane.engine.Engine;
import io.keywane.engine.KeyReport;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Ports;
import io.keywane.engine.StoreFinding;
import io.keywane.engine.StoreInspector;
import io.keywane.engine.StoreName;
import io.keywane.engine.TellingReport;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.rotation.Publication;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examines a running daemon and its surroundings, and says in words what is wrong and what to do. Changes nothing. */
final class Doctor {
    private final Engine engine;
    private final Ports ports;
    private final Daemon daemon;

    Doctor(Engine engine, Ports ports, Daemon daemon) {
        this.engine = engine;
        this.ports = ports;
        this.daemon = daemon;
    }

    DoctorReport examine() {
        List<Check> checks = new ArrayList<>();
        checks.add(configuration());
        checks.add(loops());
        checks.add(audit());
        unwatched(checks);
        Optional<String> unreachable = ports.probes().control();
        checks.add(unreachable.map(why -> new Check("api", Level.PROBLEM,
                "the API at " + engine.settings().provider().baseUrl() + " does not answer the public control request: "
                        + why,
                Optional.of("check network, DNS and proxy from this host, then the vendor's status page")))
                .orElseGet(() -> ok("api", "the API answers the public control request")));
        if (unreachable.isEmpty()) {
            keys(checks);
        }
        engine.keys().forEach(key -> store(checks, key));
        engine.keys().forEach(key -> telling(checks, key));
        windows(checks);
        daemon.stores().inspectors().keySet().forEach(name -> inspect(checks, name));
        return new DoctorReport(checks);
    }

    /** Once for each organisation, by the first of its keys. */
    private void windows(List<Check> checks) {
        Set<OrganisationName> seen = new HashSet<>();
        for (KeyName key : engine.keys()) {
            Optional<OrganisationName> organisation = engine.lastReport(key).map(r -> r.settings().organisation())
                    .filter(seen::add);
            organisation.ifPresent(name -> engine.calibration(key).ifPresent(
                    report -> checks.addAll(CalibrationReading.checks(name.value(), key, report.books()))));
        }
    }

    /**
     * Examines stores.
     *
     * @param wanted the name of one; empty: all
     * @throws ControlException if there is none of that name
     */
    DoctorReport stores(Optional<String> wanted) {
        Set<StoreName> names = daemon.stores().inspectors().keySet();
        Optional<StoreName> one = wanted.map(name -> names.stream().filter(known -> known.value().equals(name))
                .findFirst().orElseThrow(() -> new ControlException(ExitCode.NOT_FOUND,
                        "there is no store \"" + name + "\"", "stores: " + String.join(", ",
                                names.stream().map(StoreName::value).toList()))));
        List<Check> checks = new ArrayList<>();
        one.map(Set::of).orElse(names).forEach(name -> inspect(checks, name));
        return new DoctorReport(checks);
    }

    private void inspect(List<Check> checks, StoreName name) {
        StoreInspector inspector = daemon.stores().inspectors().get(name);
        if (inspector != null) {
            inspector.inspect().forEach(found -> checks.add(new Check(found.subject().startsWith("store ")
                    ? found.subject()
                    : "store " + name + ", " + found.subject(), level(found.severity()), found.message(),
                    found.wayOut())));
        }
    }

    private static Level level(StoreFinding.Severity severity) {
        return switch (severity) {
            case OK -> Level.OK;
            case UNKNOWN -> Level.UNKNOWN;
            case WARNING -> Level.WARNING;
            case PROBLEM -> Level.PROBLEM;
        };
    }

    private Check configuration() {
        return daemon.lastReload().error()
                .map(why -> new Check("configuration", Level.PROBLEM, "the last reload was refused: " + why,
                        Optional.of("mend " + daemon.file() + ", check it with `keywane check-config`, reload")))
                .orElseGet(() -> ok("configuration", daemon.file() + " is in use"));
    }

    private Check loops() {
        return daemon.isHealthy()
                ? ok("loops", "all loops make progress")
                : new Check("loops", Level.PROBLEM,
                        "a loop makes no progress",
                        Optional.of("systemctl restart keywane; keep the journal for the developers"));
    }

    private Check audit() {
        try {
            return ports.states().firstBrokenAudit().isEmpty()
                    ? ok("audit", "the audit chain is whole")
                    : new Check("audit", Level.PROBLEM, "the audit chain is broken",
                            Optional.of("keywane audit verify; compare with a backup"));
        } catch (PersistenceException e) {
            return new Check("audit", Level.PROBLEM, String.valueOf(e.getMessage()),
                    Optional.of("check disk space and rights; nothing is changed while it cannot be written"));
        }
    }

    private void unwatched(List<Check> checks) {
        try {
            engine.keysUnwatched().forEach(key -> checks.add(new Check("key " + key, Level.WARNING,
                    "has live versions in the state and is not in the configuration: nobody watches it",
                    Optional.of("put it back into " + daemon.file() + " and reload; to give it up, revoke its versions"
                            + " in the dashboard and confirm that before it is removed"))));
        } catch (PersistenceException e) {
            checks.add(new Check("keys", Level.UNKNOWN, String.valueOf(e.getMessage()),
                    Optional.of("check disk space and rights")));
        }
    }

    /** Looks at every current key afresh; if all are refused while the control works, a proxy is likelier than revocation. */
    private void keys(List<Check> checks) {
        List<Sample> latest = new ArrayList<>();
        List<KeyName> refused = new ArrayList<>();
        for (KeyName key : engine.keys()) {
            Optional<Sample> sample = engine.lastReport(key).filter(r -> r.state().current().isPresent())
                    .flatMap(_ -> engine.operations().probeCurrent(key));
            sample.ifPresent(latest::add);
            sample.filter(s -> s.outcome() == ProbeOutcome.REJECTED).ifPresent(_ -> refused.add(key));
            checks.add(sample.map(s -> key(key, s)).orElseGet(() -> new Check("key " + key, Level.WARNING,
                    "has no value yet", Optional.of("keywane keys import " + key))));
        }
        if (!refused.isEmpty() && refused.size() == latest.size()) {
            checks.add(new Check("header", Level.PROBLEM,
                    "every key is refused (401) while the public control request works: a proxy strips the "
                            + engine.settings().provider().keyHeader() + " header, or all keys were revoked",
                    Optional.of("compare with a call that bypasses the proxy; look at the keys in the dashboard")));
        }
    }

    private static Check key(KeyName key, Sample sample) {
        String name = "key " + key;
        return switch (sample.outcome()) {
            case VALID -> sample.headers().rateLimit().isPresent()
                    ? ok(name, "is accepted")
                    : new Check(name, Level.WARNING, "is accepted, but the answer has no usable rate-limit headers",
                            Optional.of("use cannot be accounted for; check for a proxy that drops headers"));
            case VALID_PLAN_LIMITED -> ok(name, "is accepted; the plan does not cover the probed endpoint");
            case VALID_RATE_LIMITED -> new Check(name, Level.WARNING, "is at its rate limit",
                    Optional.of("keywane usage " + key + " --since 6h"));
            case VALID_WITHOUT_CREDIT -> new Check(name, Level.PROBLEM, "is accepted, but the wallet is empty (402)",
                    Optional.of("top up the wallet in the dashboard"));
            case REJECTED -> new Check(name, Level.PROBLEM, "is refused (401)",
                    Optional.of("keywane keys show " + key + "; look whether it was revoked in the dashboard"));
            case UNKNOWN -> new Check(name, Level.PROBLEM, "got no answer that counts: "
                    + sample.failure().map(WireVersions::word).orElse("unknown"),
                    Optional.of("repeat; see the journal"));
        };
    }

    private void store(List<Check> checks, KeyName key) {
        Optional<KeyReport> report = engine.report(key);
        boolean readable = report.filter(r -> r.evidence().store().isPresent()).isPresent();
        if (!readable) {
            checks.add(new Check("store " + key, Level.PROBLEM, "the store cannot be read",
                    Optional.of("see the journal for the reason; probing and rotation of this key stand still")));
            return;
        }
        if (report.filter(r -> r.evidence().publication() == Publication.DIFFERS).isPresent()) {
            checks.add(new Check("published " + key, Level.PROBLEM, "what consumers read is not the current key",
                    Optional.of(
                            "it is published after the next success with the current key; see the journal if it is not")));
        }
    }

    /** Runs nothing: the program is looked at, and how it ended last. */
    private void telling(List<Check> checks, KeyName key) {
        Optional<TellingReport> failing = engine.lastReport(key).flatMap(KeyReport::telling)
                .filter(report -> report.vain() > 0);
        engine.tellingFault(key).or(() -> failing.map(report -> report.program() + " could not tell consumers in "
                + report.vain() + " runs: " + report.detail()))
                .ifPresent(why -> checks.add(new Check("tell " + key, Level.PROBLEM, why, Optional.of(
                        "mend it and reload: it is tried again at once; what is published stays published"))));
    }

    private static Check ok(String name, String message) {
        return new Check(name, Level.OK, message, Optional.empty());
    }
}
