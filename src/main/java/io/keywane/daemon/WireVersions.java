package io.keywane.daemon;

import io.keywane.alert.Maintenance;
import io.keywane.control.GateStatus;
import io.keywane.control.GroupEvidence;
import io.keywane.control.GroupHealth;
import io.keywane.control.KeySummary;
import io.keywane.control.ProbeSample;
import io.keywane.control.ProbingStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.VersionSummary;
import io.keywane.engine.KeyReport;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.Earliest;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.Waiver;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProofObstacle;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns the core's records into those of the wire. */
final class WireVersions {
    private WireVersions() {}

    static KeySummary summary(KeyReport report) {
        KeyState state = report.state();
        List<GroupHealth> groups = new ArrayList<>();
        report.coverage().keySet().stream().sorted().forEach(group -> groups.add(health(report, group)));
        return new KeySummary(report.settings().name().value(), report.settings().organisation().value(),
                report.settings().owner(), report.settings().environment(), state.current().map(v -> version(v, state)),
                groups, state.rotation().map(r -> rotation(r, state)),
                report.maintenance().map(WireVersions::maintenance),
                state.leaving().stream().map(v -> version(v, state)).toList());
    }

    static String maintenance(Maintenance maintenance) {
        return "until " + maintenance.until() + ", by " + maintenance.by()
                + (maintenance.why().isEmpty() ? "" : ": " + maintenance.why());
    }

    private static GroupHealth health(KeyReport report, LimiterGroup group) {
        Optional<Sample> good = Optional.ofNullable(report.samples().get(group));
        Optional<Sample> last = report.state().current().map(KeyVersion::id)
                .flatMap(id -> Optional.ofNullable(report.lastSample().get(id)));
        Optional<RateLimitReading> reading = good.flatMap(s -> s.headers().rateLimit());
        return new GroupHealth(group.value(), last.map(s -> word(s.outcome())),
                last.flatMap(Sample::failure).map(WireVersions::word), last.map(s -> s.received().wall()),
                good.map(s -> s.received().wall()), reading.map(RateLimitReading::limit),
                reading.map(RateLimitReading::remaining), reading.map(RateLimitReading::saturation));
    }

    static VersionSummary version(KeyVersion version, KeyState state) {
        return new VersionSummary(version.id().value(), version.id().brief(), version.stage(), version.since().wall(),
                version.reason().word(), version.reason().sentence(), version.dashboardName(), version.publicPrefix(),
                version.takenIn().wall(), version.waived(),
                version.evidence().stream().map(gate -> gate(gate, state.rotation())).toList());
    }

    static RotationSummary rotation(Rotation rotation, KeyState state) {
        return new RotationSummary(rotation.id(), word(rotation.trigger()), word(rotation.state()),
                rotation.state().isTerminal(), rotation.paused(), rotation.reason().word(),
                rotation.reason().sentence(),
                rotation.began().wall(), rotation.since().wall(),
                rotation.oldVersion().flatMap(state::version).map(v -> version(v, state)),
                rotation.newVersion().flatMap(state::version).map(v -> version(v, state)),
                rotation.promoted().map(Moment::wall), rotation.published().map(Moment::wall), rotation.approvedBy());
    }

    static GateStatus gate(GateReport gate, Optional<Rotation> rotation) {
        Optional<String> waivedBy = rotation.flatMap(r -> r.waivers().stream().filter(w -> w.gate() == gate.gate())
                .map(Waiver::actor).findFirst());
        return new GateStatus(gate.gate().word(), gate.met(), gate.waived(),
                gate.waived() ? Optional.of(waivedBy.orElse("a former rotation's waiver")) : Optional.empty(),
                gate.required(), gate.known(),
                gate.missing().isEmpty() ? Optional.empty() : Optional.of(gate.missing()),
                gate.earliest().filter(Earliest.At.class::isInstance).map(at -> ((Earliest.At) at).time()),
                gate.earliest().filter(Earliest.Unknown.class::isInstance)
                        .map(unknown -> ((Earliest.Unknown) unknown).why().sentence()));
    }

    static List<GroupEvidence> evidence(KeyReport report) {
        List<GroupEvidence> evidence = new ArrayList<>();
        for (KeyVersion version : report.state().probed()) {
            report.evidence().of(version.id()).groups().forEach(group -> evidence.add(evidence(version, group)));
        }
        return evidence;
    }

    private static GroupEvidence evidence(KeyVersion version, io.keywane.rotation.GroupEvidence group) {
        Optional<UsagePoint> point = group.latest();
        Optional<UsagePoint> counted = point.filter(p -> !p.window().isZero());
        return new GroupEvidence(version.id().brief(), version.stage(), group.group().value(),
                point.map(p -> word(p.verdict())).orElse("unknown"), point.map(p -> p.why().word()).orElse("no_answer"),
                point.map(p -> p.why().sentence()).orElse("not sampled yet"),
                group.silence().map(s -> s.from().wall()), group.silence().map(SilentSpan::length),
                counted.map(p -> p.foreign().lo()), counted.map(p -> p.foreign().hi()), counted.map(UsagePoint::window),
                point.map(p -> p.at().wall()));
    }

    static List<ProbingStatus> probing(KeyReport report) {
        List<ProbingStatus> probing = new ArrayList<>();
        report.plans().forEach((version, groups) -> groups.forEach((group, plan) -> probing.add(new ProbingStatus(
                version.brief(), group.value(), plan.at().wall(), plan.period(), plan.why().word(),
                plan.why().sentence(), plan.obstacle().map(ProofObstacle::word),
                plan.obstacle().map(ProofObstacle::sentence)))));
        return probing;
    }

    static ProbeSample sample(Sample sample) {
        Optional<RateLimitReading> reading = sample.headers().rateLimit();
        Duration took = sample.received().elapsedSince(sample.sent()).orElse(Duration.ZERO);
        return new ProbeSample(sample.version().brief(), sample.group().value(), word(sample.kind()),
                sample.received().wall(), took, sample.status() == 0 ? Optional.empty() : Optional.of(sample.status()),
                word(sample.outcome()), sample.failure().map(WireVersions::word), reading.map(RateLimitReading::limit),
                reading.map(RateLimitReading::remaining), reading.map(RateLimitReading::reset),
                boxed(sample.headers().balance()), boxed(sample.headers().deducted()));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Optional<VersionId> newest(KeyState state) {
        return state.rotation().flatMap(Rotation::newVersion);
    }
}
