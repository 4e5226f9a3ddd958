package io.keywane.demo;

import io.keywane.control.RotationStatus;
import io.keywane.control.RotationSummary;
import io.keywane.control.VersionSummary;
import io.keywane.key.Stage;
import io.keywane.sandbox.SandboxControlClient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** One rotation from the first key to the confirmed revocation of it, with consumers that must not notice. */
final class Demonstration {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration START = Duration.ofSeconds(60);
    private static final String FLAGGED = "flagged";

    private final DemoSettings settings;
    private final Workspace workspace;
    private final Children children;
    private final Display display;
    private final Instant begun = Instant.now();
    private final Servers servers;
    private final ConsumerFleet fleet = new ConsumerFleet();
    private final Operator operator;
    private final Deadline deadline;

    Demonstration(DemoSettings settings, Workspace workspace, Children children, Display display) {
        this.settings = requireNonNull(settings, "settings is null");
        this.workspace = requireNonNull(workspace, "workspace is null");
        this.children = requireNonNull(children, "children is null");
        this.display = requireNonNull(display, "display is null");
        this.servers = new Servers(workspace, children);
        this.operator = new Operator(workspace.socket());
        this.deadline = new Deadline(DemoSettings.LONGEST, this::check);
    }

    /** Carries it through. The processes go on until the children are closed. */
    DemoSummary run() throws IOException, InterruptedException {
        URI baseUrl = servers.startSandbox();
        display.say("sandbox started: the API is " + baseUrl);
        try (SandboxControlClient control = servers.sandboxControl()) {
            return run(baseUrl, new Vendor(control));
        }
    }

    private DemoSummary run(URI baseUrl, Vendor vendor) throws IOException, InterruptedException {
        startDaemon(baseUrl);
        Vendor.NewKey oldKey = publishFirstKey(vendor);
        Observer observer = new Observer(vendor, fleet, begun, oldKey.id());
        startConsumers(baseUrl);
        Instant consumersBegun = Instant.now();
        baseline(observer, consumersBegun);
        rotate(vendor, observer);
        RotationSummary rotation = awaitFlag(observer);
        VersionSummary revoked = revoke(vendor, oldKey, rotation, observer);
        fleet.stop();
        display.say("consumers stopped");
        Timeline timeline = new Timeline(begun, consumersBegun, rotation.began(), promotedAt(rotation),
                lastUse(vendor, oldKey), rotation.since(), revoked.since());
        return summary(vendor, oldKey, rotation, revoked, timeline);
    }

    private void check() {
        servers.check();
        fleet.check();
    }

    private void startDaemon(URI baseUrl) throws IOException, InterruptedException {
        servers.startDaemon(baseUrl);
        deadline.await("the daemon to answer at its socket", START, MOMENT, operator::isAnswered);
        display.say("daemon started: keywane --socket " + workspace.socket());
    }

    private Vendor.NewKey publishFirstKey(Vendor vendor) throws InterruptedException {
        Vendor.NewKey key = vendor.createKey(Names.KEY + "-1");
        operator.importKey(key.material(), Names.KEY + "-1");
        deadline.await("the first key to be published", START, MOMENT, () -> Files.exists(workspace.publishedKey()));
        display.say("first key imported and published");
        return key;
    }

    private void startConsumers(URI baseUrl) throws IOException, InterruptedException {
        fleet.start(settings, workspace, baseUrl, children);
        deadline.await("the consumers' first requests", START, MOMENT, () -> fleet.active() == fleet.size());
        display.say(fleet.size() + " consumers use it, " + settings.rate() + " requests a second each");
    }

    private void baseline(Observer observer, Instant from) throws InterruptedException {
        Duration longest = DemoSettings.BASELINE.plus(START);
        deadline.await("the end of the baseline", longest, SECOND, () -> {
            Duration left = DemoSettings.BASELINE.minus(Duration.between(from, Instant.now()));
            display.show(observer.observe("no rotation",
                    left.isPositive() ? List.of("ordinary use: " + (left.toSeconds() + 1) + " s") : List.of()));
            return !left.isPositive();
        });
    }

    private void rotate(Vendor vendor, Observer observer) {
        Vendor.NewKey key = vendor.createKey(Names.KEY + "-2");
        observer.watchNewKey(key.id());
        operator.startRotation();
        operator.supplyKey(key.material(), Names.KEY + "-2");
        display.say("operator started the rotation and supplied a new key");
    }

    private RotationSummary awaitFlag(Observer observer) throws InterruptedException {
        deadline.await("the old key to be flagged", DemoSettings.LONGEST, SECOND, () -> {
            RotationStatus status = operator.rotation();
            display.show(observer.observe(status));
            return isFlagged(status.rotation().orElseThrow());
        });
        display.say("old key proven silent and flagged for revocation");
        return operator.rotation().rotation().orElseThrow();
    }

    private static boolean isFlagged(RotationSummary rotation) {
        boolean flagged = rotation.state().equals(FLAGGED);
        if (rotation.over() && !flagged) {
            throw new DemoFailure("the rotation ended as " + rotation.state() + ": " + rotation.reasonSentence());
        }
        return flagged;
    }

    private VersionSummary revoke(Vendor vendor, Vendor.NewKey key, RotationSummary rotation, Observer observer)
            throws InterruptedException {
        VersionSummary old = rotation.oldVersion().orElseThrow();
        vendor.revoke(key.id());
        display.say("old key revoked in the dashboard");
        operator.confirmRevoked(old.brief());
        deadline.await("the revocation to be confirmed", START, SECOND, () -> {
            display.show(observer.observe(FLAGGED, List.of("the old key's refusal to be confirmed")));
            return version(old).stage() == Stage.REVOKED;
        });
        display.show(observer.observe(FLAGGED, List.of()));
        display.say("old key's refusal confirmed");
        return version(old);
    }

    private VersionSummary version(VersionSummary former) {
        return operator.version(former.id())
                .orElseThrow(() -> new DemoFailure("the daemon no longer knows version " + former.brief()));
    }

    private static Instant promotedAt(RotationSummary rotation) {
        return rotation.promotedAt().orElseThrow(() -> new DemoFailure("the rotation has no time of promotion"));
    }

    private static Instant lastUse(Vendor vendor, Vendor.NewKey key) {
        Optional<Instant> last = vendor.lastUse(key.id());
        return last.orElseThrow(() -> new DemoFailure("no consumer ever used the old key"));
    }

    private DemoSummary summary(Vendor vendor, Vendor.NewKey oldKey, RotationSummary rotation,
            VersionSummary revoked, Timeline timeline) {
        Vendor.Use seen = vendor.useOfAllKeys();
        DemoSummary.Consumers consumers = new DemoSummary.Consumers(fleet.size(), fleet.requests(),
                Math.max(fleet.refused(), seen.refused()), seen.requests());
        return DemoSummary.of(consumers, rotation.state(), timeline, vendor.refusals(oldKey.id()),
                revoked.evidence().stream().map(DemoSummary.Gate::of).toList(),
                DemoSummary.Wallet.of(Vendor.BALANCE, vendor.balance()));
    }
}
