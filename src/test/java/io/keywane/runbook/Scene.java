package io.keywane.runbook;

import io.keywane.KeyUser;
import io.keywane.Rig;
import io.keywane.RigSetup;
import io.keywane.alert.AlertName;
import io.keywane.cli.Runbook;
import io.keywane.control.AlertList;
import io.keywane.control.Argument;
import io.keywane.control.ControlRequest;
import io.keywane.control.ExitCode;
import io.keywane.control.KeyDetail;
import io.keywane.control.RotationStatus;
import io.keywane.control.Verb;
import io.keywane.daemon.DaemonHere;
import io.keywane.daemon.SystemRandomness;
import io.keywane.engine.Ids;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import io.keywane.sandbox.FeedPlan;
import io.keywane.sandbox.RateSettings;
import io.keywane.sandbox.ResetMeaning;
import io.keywane.sandbox.Sandbox;
import io.keywane.sandbox.ShownWindow;
import io.keywane.store.FileSecretStore;
import io.keywane.store.KeyEncryptionKey;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A sandbox, a daemon and the people around them, in which the situation of one page is brought about. The daemon is the
 * product's own in this process, or a process of its own where that matters.
 */
final class Scene implements AutoCloseable {
    static final String KEY = "search-production";
    static final int GENERAL_LIMIT = 36_000;
    static final int FEED_LIMIT = 18_000;
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Path PAGES = Path.of("runbooks");
    /** Daemons that start side by side on two processors only slow each other down. */
    private static final Semaphore STARTS = new Semaphore(3);

    private final Prometheus prometheus;
    private final FutureClock clock = new FutureClock();
    private final Rig rig;
    private final String address = "127.0.0.1:" + Prometheus.freePort();
    private final List<KeyUser> users = new ArrayList<>();
    private final PageWalk walk;
    private @Nullable DaemonHere daemon;

    Scene(String page, Path folder, Prometheus prometheus, long balance) throws Exception {
        this.prometheus = prometheus;
        rig = new Rig(Files.createDirectory(folder), setup(clock, balance));
        walk = new PageWalk(Runbook.parse(page, Files.readString(PAGES.resolve(page + ".md"))), folder, clock);
        walk.place("127.0.0.1:9847", address);
    }

    private static RigSetup setup(InstantSource clock, long balance) {
        List<Duration> windows = List.of(Duration.ofMinutes(10), Duration.ofHours(3), Duration.ofHours(24));
        RateSettings rates = RateSettings.published().withShown(ShownWindow.FIRST).withReset(ResetMeaning.OLDEST)
                .withGeneral(RateSettings.limits(windows, List.of(GENERAL_LIMIT, 400_000, 2_000_000)))
                .withFeed(RateSettings.limits(windows, List.of(FEED_LIMIT, 200_000, 1_000_000)));
        return new RigSetup(rates, clock, balance, FeedPlan.OPEN, "", "", "warn", "{}");
    }

    PageWalk page() {
        return walk;
    }

    Sandbox sandbox() {
        return rig.sandbox();
    }

    Path folder() {
        return rig.folder();
    }

    Rig rig() {
        return rig;
    }

    FutureClock clock() {
        return clock;
    }

    /** Writes the configuration. */
    void configure(SceneConfig config) throws Exception {
        Files.writeString(folder().resolve("keywane.yaml"),
                config.text(sandbox().baseUrl().toString(), address));
    }

    /** Starts the daemon in this process, and waits until it is watched. */
    void start(SceneConfig config) throws Exception {
        configure(config);
        start();
    }

    void start() throws Exception {
        STARTS.acquire();
        try {
            daemon = rig.startHere(clock);
        } finally {
            STARTS.release();
        }
        scraped();
    }

    /** Starts it as a process of its own. */
    void startProcess() throws Exception {
        rig.start();
        scraped();
    }

    private void scraped() throws Exception {
        prometheus.watch(address);
        until("the first scrape", () -> prometheus.isScraped(address));
    }

    void stop() {
        if (daemon != null) {
            daemon.close();
        }
    }

    void reload() {
        if (daemon != null) {
            daemon.reload();
        }
    }

    /** Makes a key in the dashboard and hands it in as the first of its name. */
    Rig.NewKey importKey(String name) {
        Rig.NewKey key = rig.createKey(name + " 2025");
        rig.client().call(ControlRequest.of(Verb.KEYS_IMPORT, name).withReason("test")
                .withRequestId(UUID.randomUUID().toString()).with(Argument.DASHBOARD_NAME, name + " 2025"),
                key.material());
        until("the key is published and accepted", () -> Files.exists(published(name)) && detail(name).summary()
                .groups().stream().allMatch(g -> g.lastOutcome().filter("valid"::equals).isPresent()));
        return key;
    }

    /** Makes a key in the dashboard and keeps its value in a file for the page. */
    Rig.NewKey newKey(String file) throws Exception {
        Rig.NewKey key = rig.createKey(KEY + " 2026");
        Files.writeString(folder().resolve(file), key.material().exposeString());
        return key;
    }

    /** A change that the page does not show: what came before. */
    void change(Verb verb, String key) {
        rig.client().call(request(verb, key));
    }

    ControlRequest request(Verb verb, String key) {
        return ControlRequest.of(verb, key).withReason("test").withRequestId(UUID.randomUUID().toString());
    }

    /** Hands in a new key to an open rotation. */
    void supply(Rig.NewKey key) {
        rig.client().call(request(Verb.ROTATION_SUPPLY, KEY).with(Argument.DASHBOARD_NAME, KEY + " 2026"),
                key.material());
    }

    /** Rotates, up to the flag, without proof: somebody waived it. */
    void rotateAndFlag(Rig.NewKey next) {
        change(Verb.ROTATION_START, KEY);
        supply(next);
        untilRotation("draining");
        for (String gate : List.of("quiet", "switch", "wallet")) {
            rig.client().call(request(Verb.ROTATION_WAIVE, KEY).with(Argument.GATE, gate));
        }
        untilRotation("flagged");
    }

    Path published(String name) {
        return folder().resolve("published").resolve(name);
    }

    /** A program that uses a value steadily. */
    KeyUser user(Callable<String> value, Duration pause, String... paths) throws Exception {
        KeyUser user = new KeyUser(sandbox().baseUrl(), "consumer", InetAddress.getLoopbackAddress(), value,
                List.of(paths)).steadily(pause);
        users.add(user);
        return user;
    }

    /** One that reads what is published. */
    KeyUser follower() throws Exception {
        return user(KeyUser.published(published(KEY), Duration.ofSeconds(1)), Duration.ofMillis(300),
                "/api/connectors/filters", "/api/jobs/expired?limit=1");
    }

    /** Somebody spends credits: a hundred at a time, the rest one by one. */
    void spend(Rig.NewKey key, int credits) throws Exception {
        ask(key, credits / 100, "/api/jobs?page_size=100");
        ask(key, credits % 100, "/api/locations/geocode?location=Berlin");
    }

    /** Somebody sends free requests. */
    void use(Rig.NewKey key, int requests) throws Exception {
        ask(key, requests, "/api/connectors/filters");
    }

    private void ask(Rig.NewKey key, int times, String path) throws Exception {
        try (KeyUser user = new KeyUser(sandbox().baseUrl(), "somebody", InetAddress.getLoopbackAddress(),
                () -> key.material().exposeString(), List.of(path))) {
            for (int i = 0; i < times; i++) {
                user.once();
            }
        }
    }

    /** Time that goes by until this is closed. */
    @FunctionalInterface
    interface Passing extends AutoCloseable {
        @Override
        void close();
    }

    /** Nine minutes go by every other second, so that each probe's window still holds the one before. */
    Passing timePasses() {
        return timePasses(Duration.ofMinutes(9), Duration.ofMillis(2_500));
    }

    /** So much time goes by so often. */
    Passing timePasses(Duration span, Duration every) {
        Thread passing = Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Thread.sleep(every);
                    clock.forward(span);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return passing::interrupt;
    }

    /** Another program, which has the key-encryption key, too, serves another value. */
    void changeByHand(String name, Rig.NewKey key) {
        KeyName managed = new KeyName(name);
        try (KeyEncryptionKey sealing = KeyEncryptionKey.load(folder().resolve("kek"));
                FileSecretStore store = FileSecretStore.open(folder().resolve("state/keys"), sealing,
                        new SystemRandomness())) {
            VersionId version = new Ids(new SystemRandomness(), sealing.derive("fingerprint")).version(managed,
                    key.material());
            StoreView staged = store.stage(managed, version, key.material(), store.view(managed).revision());
            store.promote(managed, version, staged.revision());
        }
    }

    /** An answer that the change is refused. */
    void refused(ControlRequest request) {
        assertThat(rig.client().call(request).exit()).isNotEqualTo(ExitCode.DONE);
    }

    /** Replaces the key because it leaked. */
    Rig.NewKey emergency() {
        Rig.NewKey next = rig.createKey(KEY + " 2026");
        rig.client().call(request(Verb.ROTATION_START, KEY).with(Argument.EMERGENCY, "true"));
        supply(next);
        untilRotation("flagged");
        return next;
    }

    RotationStatus status() {
        return rig.client().call(ControlRequest.of(Verb.ROTATION_STATUS, KEY)).resultAs(RotationStatus.class);
    }

    KeyDetail detail(String key) {
        return rig.client().call(ControlRequest.of(Verb.KEYS_SHOW, key)).resultAs(KeyDetail.class);
    }

    List<Stage> stages() {
        return detail(KEY).versions().stream().map(version -> version.stage()).toList();
    }

    void untilRotation(String state) {
        until("the rotation is " + state,
                () -> status().rotation().filter(r -> r.state().equals(state)).isPresent());
    }

    /** Waits until the former key is back; a rotation that was over before was followed by another, which puts it back. */
    void untilRolledBack() {
        until("the former key is back", () -> status().rotation().filter(r -> r.state().equals("rolled_back")
                || (r.trigger().equals("rollback") && Set.of("draining", "flagged").contains(r.state()))).isPresent());
    }

    void untilReason(String reason) {
        until("the rotation is at " + reason,
                () -> status().rotation().filter(r -> r.reason().equals(reason)).isPresent());
    }

    /** Waits until each group was probed with success from now on. */
    void untilProbed() {
        Instant now = clock.instant();
        until("a probe of each group", () -> detail(KEY).summary().groups().stream()
                .allMatch(group -> group.lastSuccess().filter(at -> at.isAfter(now)).isPresent()));
    }

    /** Waits until the wallet was read once more. */
    void untilWalletIsRead() {
        until("the wallet is read", () -> metrics().contains("keywane_credits_balance{"));
    }

    private String metrics() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://" + address + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    void until(String what, Callable<Boolean> condition) {
        await(what).atMost(LONG).pollInterval(Duration.ofMillis(150)).pollDelay(Duration.ZERO)
                .ignoreExceptions().until(condition);
    }

    /** Waits until the alert fires: as the daemon lists it, where it decides it, and by the shipped rule. */
    void fires(AlertName alert) {
        if (alert.isDecidedHere()) {
            until(alert.alertName() + " is listed", () -> isListed(alert));
        }
        until(alert.alertName() + " fires in Prometheus", () -> prometheus.fires(alert.alertName(), address));
        listed(alert).map(AlertList.Alert::id).findFirst().ifPresent(id -> walk.bind("ID", id));
    }

    /** Waits until it is gone in both places. */
    void isGone(AlertName alert) {
        if (alert.isDecidedHere()) {
            until(alert.alertName() + " is listed no more", () -> !isListed(alert));
        }
        until(alert.alertName() + " fires no more", () -> !prometheus.fires(alert.alertName(), address));
    }

    boolean isListed(AlertName alert) {
        return listed(alert).findAny().isPresent();
    }

    private Stream<AlertList.Alert> listed(AlertName alert) {
        if (!alert.isDecidedHere()) {
            return Stream.empty();
        }
        return rig.client().call(ControlRequest.of(Verb.ALERTS_LIST)).resultAs(AlertList.class).alerts().stream()
                .filter(active -> active.name().equals(alert.alertName()));
    }

    /** What a person would look at first, for the report of a failure. */
    String state() {
        try {
            return rig.client().call(ControlRequest.of(Verb.ALERTS_LIST)).resultJson() + "\n"
                    + rig.client().call(ControlRequest.of(Verb.ROTATION_STATUS, KEY)).resultJson() + "\n"
                    + rig.client().call(ControlRequest.of(Verb.KEYS_PROBE, KEY)).resultJson();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        for (KeyUser user : users) {
            user.close();
        }
        prometheus.forget(address);
        rig.close();
    }
}
