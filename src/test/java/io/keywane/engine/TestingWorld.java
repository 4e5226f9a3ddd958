package io.keywane.engine;

import io.keywane.alert.AlertName;
import io.keywane.alert.AlertThresholds;
import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.engine.KeySettings.TellSettings;
import io.keywane.engine.ProviderProfile.BalanceProbe;
import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.engine.Settings.OrganisationSettings;
import io.keywane.engine.Settings.ServiceSettings;
import io.keywane.engine.Settings.StorageSettings;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.QuietPolicy;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationPolicy;
import io.keywane.rotation.RotationState;
import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.WindowModel;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One organisation with one managed key, one consumer of it, and a daemon that may die: everything in virtual time and one
 * thread.
 */
final class TestingWorld {
    static final KeyName KEY = new KeyName("search-production");
    static final OrganisationName ORGANISATION = new OrganisationName("acme");
    static final LimiterGroup GENERAL = new LimiterGroup("general");
    static final LimiterGroup FEED = new LimiterGroup("feed");
    static final Operator ANNA = new Operator("uid:anna", "planned", Optional.empty());
    static final Duration QUIET = Duration.ofMinutes(5);
    static final Duration DELAY = Duration.ofMinutes(1);
    private static final double SHARE = 0.1;
    private static final long CREDITS = 2_000;

    final Crash crash = new Crash();
    final TestingClock clock = new TestingClock();
    final TestingApi api = new TestingApi(clock);
    final TestingStore store = new TestingStore(crash);
    final TestingStates states = new TestingStates(crash);
    final TestingCalibrations calibrations = new TestingCalibrations();
    final TestingHistory history = new TestingHistory();
    final TestingEvidence evidence = new TestingEvidence(crash);
    final SilentTelemetry telemetry = new SilentTelemetry();
    final Set<KeyMaterial> revokedByPeople = new HashSet<>();
    final List<String> violations = new ArrayList<>();
    private final Random random = new Random(7);
    private final Ids ids = new Ids(randomness(), "pepper of this installation".getBytes(StandardCharsets.UTF_8));
    Settings settings;
    Engine engine;
    KeySource source = KeySource.NONE;
    final TestingTeller teller = new TestingTeller(crash);
    boolean consumerRuns = true;
    /** How long a tick is, in seconds; long histories are played in longer ones. */
    int tickLength = 1;
    int deaths;
    private @Nullable KeyMaterial consumed;
    private long ticks;

    TestingWorld() {
        this(false);
    }

    TestingWorld(boolean approvalRequired) {
        this(approvalRequired, QuietPolicy.fixed(QUIET));
    }

    TestingWorld(boolean approvalRequired, QuietPolicy quiet) {
        this(approvalRequired, quiet, CalibrationSettings.DEFAULT.off(), true);
    }

    /** A world in which windows are declared, and Remaining is declared to count the answered request, or none are. */
    TestingWorld(CalibrationSettings calibration, Optional<Boolean> declaredToCount) {
        this(false, QuietPolicy.fixed(QUIET), calibration, declaredToCount.orElse(null));
    }

    private TestingWorld(boolean approvalRequired, QuietPolicy quiet, CalibrationSettings calibration,
            @Nullable Boolean declaredToCount) {
        settings = settings(approvalRequired, quiet, calibration, declaredToCount);
        engine = daemon();
    }

    static KeyMaterial material(String name) {
        return KeyMaterial.copyOf(("jbe_live_" + name).getBytes(StandardCharsets.US_ASCII));
    }

    VersionId id(KeyMaterial material) {
        return ids.version(KEY, material);
    }

    private Engine daemon() {
        return new Engine(settings, ports(), ids);
    }

    Ports ports() {
        return new Ports(clock, randomness(), store, store, api, history, states, history, calibrations, evidence,
                telemetry, (key, requestId) -> source.ask(key, requestId), teller);
    }

    /** The consumers of the one managed key are told by a command, or no longer. */
    TestingWorld telling(Optional<TellSettings> command) {
        KeySettings key = settings.keys().values().iterator().next();
        KeySettings changed = new KeySettings(key.name(), key.organisation(), key.owner(), key.environment(),
                key.rotation(), Optional.of(new PublishSettings("search", Optional.empty(), Optional.empty(), command)),
                key.store(), key.calibration(), key.intake());
        settings = new Settings(settings.provider(), settings.organisations(), Map.of(KEY, changed),
                settings.probing(), settings.storage(), settings.service(), settings.alerts());
        engine.reload(settings);
        return this;
    }

    /** The new keys of the one managed key come from there by themselves. */
    TestingWorld taking(IntakeSettings intake) {
        KeySettings key = settings.keys().values().iterator().next();
        KeySettings changed = new KeySettings(key.name(), key.organisation(), key.owner(), key.environment(),
                key.rotation(), key.publish(), key.store(), key.calibration(), Optional.of(intake));
        settings = new Settings(settings.provider(), settings.organisations(), Map.of(KEY, changed),
                settings.probing(), settings.storage(), settings.service(), settings.alerts());
        engine.reload(settings);
        return this;
    }

    /** Another managed key is kept, too, which has this value. Nothing else happens to it. */
    TestingWorld alsoKeeping(KeyMaterial value) {
        KeySettings key = settings.keys().values().iterator().next();
        KeySettings other = new KeySettings(new KeyName("feed-production"), key.organisation(), key.owner(),
                key.environment(), key.rotation(), Optional.empty());
        states.commit(KeyState.empty(other.name()).adding(KeyVersion.candidate(ids.version(other.name(), value), value,
                ids.fingerprint(value), Optional.empty(), clock.now())), List.of(), List.of());
        settings = new Settings(settings.provider(), settings.organisations(),
                Map.of(KEY, key, other.name(), other), settings.probing(), settings.storage(), settings.service(),
                settings.alerts());
        engine.reload(settings);
        return this;
    }

    /** The process dies and is started again two seconds later. */
    void restart() {
        history.lose();
        clock.advance(Duration.ofSeconds(2));
        engine = daemon();
    }

    void reboot() {
        history.flush();
        clock.reboot();
        engine = daemon();
    }

    /** A second passes: the consumer works, the daemon's loops run once. */
    void tick() {
        ticks += tickLength;
        Duration over = Duration.ofNanos(clock.elapsed().toNanosPart());
        clock.advance(Duration.ofSeconds(tickLength).minus(over));
        consume();
        try {
            engine.probe(KEY);
            engine.takeIn(KEY);
            engine.tell(KEY);
            engine.step(KEY);
            engine.probeBalance(ORGANISATION);
            if (passes(60)) {
                engine.probeControl();
            }
            engine.evaluateAlerts();
            history.flush();
            calibrate();
        } catch (Crash.Died died) {
            deaths++;
            restart();
        }
        check();
    }

    /** The exact waits of a calibration that fall into this tick. */
    private void calibrate() {
        Optional<Duration> wait = engine.calibrate(KEY);
        while (wait.filter(w -> w.compareTo(Duration.ofSeconds(1)) < 0).isPresent()) {
            clock.advance(wait.get());
            wait = engine.calibrate(KEY);
        }
    }

    private void consume() {
        if (!consumerRuns) {
            return;
        }
        if (passes(20)) {
            consumed = store.published;
        }
        KeyMaterial key = consumed;
        if (key != null && passes(4)) {
            api.use(key, GENERAL);
        }
        if (key != null && passes(30)) {
            api.use(key, FEED);
        }
    }

    /** Whether this tick is the one in which another so many seconds are over. */
    private boolean passes(long seconds) {
        return ticks / seconds != (ticks - tickLength) / seconds;
    }

    /** What must hold at every instant. */
    private void check() {
        KeyMaterial published = store.published;
        if (published != null && !api.accepts(published) && !revokedByPeople.contains(published)) {
            violations.add("consumers read a key that the API refuses, at " + clock.elapsed());
        }
        VersionId current = store.current;
        KeyMaterial served = current == null ? null : store.values.get(current);
        if (served != null && !api.accepts(served) && !revokedByPeople.contains(served)) {
            violations.add("the store serves a key that the API refuses, at " + clock.elapsed());
        }
        if (current != null && store.flagged.contains(current)) {
            violations.add("the served key is marked for revocation, at " + clock.elapsed());
        }
        if (api.ownCredits > CREDITS) {
            violations.add("the credit budget is overspent");
        }
    }

    /** An operator's command; repeated after a crash, as a person would, and after what passes by itself. */
    void operate(Runnable command) {
        for (int tries = 0; tries < 50; tries++) {
            try {
                command.run();
                return;
            } catch (Crash.Died died) {
                deaths++;
                restart();
            } catch (StoreException | PersistenceException e) {
                tick();
            }
        }
        throw new AssertionError("the command was tried 50 times");
    }

    void run(Duration span) {
        Duration end = clock.elapsed().plus(span);
        while (clock.elapsed().compareTo(end) < 0) {
            tick();
        }
    }

    void runUntil(String what, Duration patience, BooleanSupplier reached) {
        Duration end = clock.elapsed().plus(patience);
        while (!reached.getAsBoolean()) {
            assertThat(clock.elapsed()).as("%s; %s; %s", what, state(),
                    engine.report(KEY).map(KeyReport::gates)).isLessThan(end);
            tick();
        }
    }

    KeyState state() {
        return states.load(KEY);
    }

    RotationState where() {
        return state().rotation().map(Rotation::state).orElseThrow();
    }

    Stage stage(KeyMaterial material) {
        return state().version(id(material)).map(KeyVersion::stage).orElseThrow();
    }

    boolean fires(AlertName name) {
        return engine.alerts().stream().anyMatch(active -> active.alert().name() == name);
    }

    /** The first key, in use for six minutes. */
    TestingWorld withKey(KeyMaterial key) {
        api.create(key);
        importKey(key);
        run(Duration.ofMinutes(6));
        return this;
    }

    void importKey(KeyMaterial key) {
        operate(() -> {
            if (state().current().isEmpty()) {
                engine.operations().importFirst(KEY, key, Optional.of("blue"), ANNA);
            }
        });
    }

    /** A person makes another key, and has it rotated in. */
    void supply(KeyMaterial key) {
        api.create(key);
        operate(() -> {
            if (state().version(id(key)).isEmpty() && state().openRotation().isEmpty()) {
                engine.operations().start(KEY, false, ANNA);
            }
        });
        operate(() -> {
            boolean taken = state().openRotation().map(Rotation::state).filter(s -> s == RotationState.AWAITING_KEY)
                    .isEmpty();
            if (!taken) {
                engine.operations().supply(KEY, key, Optional.of("green"), ANNA);
            }
        });
    }

    /** A person revokes a key in the dashboard. */
    void revoke(KeyMaterial key) {
        revokedByPeople.add(key);
        api.revoke(key);
    }

    private Randomness randomness() {
        return new Randomness() {
            @Override
            public double fraction() {
                return random.nextDouble();
            }

            @Override
            public byte[] bytes(int count) {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            }
        };
    }

    private static List<WindowModel> windows(long limit, @Nullable Boolean countsAnswered) {
        return countsAnswered == null
                ? List.of()
                : List.of(new WindowModel(limit, TestingApi.WINDOW, Kind.ROLLING, Duration.ofSeconds(2),
                        countsAnswered, ResetMeaning.OLDEST_PLUS_WINDOW));
    }

    private static Settings settings(boolean approvalRequired, QuietPolicy quiet, CalibrationSettings calibration,
            @Nullable Boolean declaredToCount) {
        HeaderNames headers = new HeaderNames(List.of("L"), List.of("R"), List.of("S"), List.of("D"), List.of("B"),
                List.of("Retry-After"));
        Map<LimiterGroup, GroupProfile> groups = new HashMap<>();
        TestingApi.LIMITS.forEach((group, limit) -> groups.put(group, new GroupProfile(
                new RequestTemplate("GET", "/" + group), windows(limit, declaredToCount),
                Optional.of(new RequestTemplate("GET", "/missing/" + group)))));
        ProviderProfile provider = new ProviderProfile(URI.create("https://api.example"), "X-Api-Key", headers, groups,
                new BalanceProbe(new RequestTemplate("GET", "/balance"), GENERAL, 1),
                new RequestTemplate("GET", "/control"));
        RotationPolicy policy = new RotationPolicy(Optional.empty(), approvalRequired, DELAY, quiet,
                0.5,
                Duration.ofMinutes(1));
        KeySettings key = new KeySettings(KEY, ORGANISATION, "anna", "live", policy,
                Optional.of(new PublishSettings("search", Optional.empty(), Optional.empty())), Optional.empty(),
                calibration);
        return new Settings(provider, Map.of(ORGANISATION, new OrganisationSettings(ORGANISATION, 100)),
                Map.of(KEY, key),
                new ProbingSettings(Duration.ofSeconds(60), Duration.ofMinutes(2), Duration.ofSeconds(5), 1, 4, CREDITS,
                        SHARE),
                new StorageSettings(Path.of("keys"), Path.of("kek"), Path.of("state.db"), Path.of("published"),
                        Duration.ofDays(30), Duration.ofDays(400)),
                new ServiceSettings("127.0.0.1", 0, Path.of("socket"), List.of(), List.of(), "text", "info"),
                new AlertSettings(new AlertThresholds(0.9, 3, Duration.ofHours(1), Duration.ofHours(1)),
                        Duration.ofMinutes(10)));
    }
}
