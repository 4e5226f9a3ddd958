package io.keywane.daemon;

import io.keywane.config.ConfigException;
import io.keywane.config.ConfigLoader;
import io.keywane.config.ReloadCheck;
import io.keywane.control.Product;
import io.keywane.engine.Engine;
import io.keywane.engine.HostClock;
import io.keywane.engine.Ids;
import io.keywane.engine.Ports;
import io.keywane.engine.Randomness;
import io.keywane.engine.Settings;
import io.keywane.engine.Settings.StorageSettings;
import io.keywane.key.KeyName;
import io.keywane.provider.HttpProbeClient;
import io.keywane.provider.SingleSend;
import io.keywane.store.FilePublisher;
import io.keywane.store.FileSecretStore;
import io.keywane.store.KeyEncryptionKey;
import io.keywane.store.ProcessTeller;
import io.keywane.store.SqliteCalibrations;
import io.keywane.store.SqliteDatabase;
import io.keywane.store.SqliteEvidence;
import io.keywane.store.SqliteHistory;
import io.keywane.store.SqliteLedger;
import io.keywane.store.SqliteStateStore;
import io.keywane.store.StateLock;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One running daemon: opens everything in order, and closes it in the reverse one.
 *
 * <p>It is ready when configuration and state are loaded and every current key is published whose store answers in time.
 */
final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** How long the start waits for keys whose store is slow: well below what systemd allows a start. */
    private static final Duration FIRST_STEPS = Duration.ofSeconds(20);

    private final Path file;
    private final ConfigLoader loader;
    private final SystemdNotifier systemd;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Instant started = Instant.now();
    private final Stores stores;
    private final Engine engine;
    private final Loops loops;
    private final PeerRoles roles;
    private final Metrics metrics;
    private volatile boolean ready;
    private volatile Reload lastReload;

    /** How the latest reading of the configuration went, and when the one in use was read. */
    record Reload(Instant inUseSince, Optional<String> error) {}

    Daemon(Path file, Settings settings, ConfigLoader loader, SystemdNotifier systemd, HostClock clock)
            throws IOException, SchedulerException {
        this.file = file;
        this.loader = loader;
        this.systemd = systemd;
        this.lastReload = new Reload(started, Optional.empty());
        try {
            Randomness randomness = new SystemRandomness();
            StorageSettings storage = settings.storage();
            keep(StateLock.acquire(storage.database().resolveSibling("lock")));
            SqliteDatabase database = keep(SqliteDatabase.open(storage.database()));
            SqliteHistory history = new SqliteHistory(database);
            open.push(history::flush);
            metrics = keep(new Metrics(Product.version(), Metrics.DEFAULT_CAP, this::gauges));
            metrics.telemetry().configure(settings);
            Ids ids;
            FileSecretStore files;
            try (KeyEncryptionKey key = KeyEncryptionKey.load(storage.keyEncryptionKey())) {
                ids = new Ids(randomness, key.derive("fingerprint"));
                files = keep(FileSecretStore.open(storage.keyDirectory(), key, randomness));
            }
            Supplier<Settings> current = new LatestSettings(settings, this);
            stores = keep(Stores.open(files, settings, current, clock));
            FilePublisher publisher = new FilePublisher(storage.publishDirectory(),
                    name -> Optional.ofNullable(current.get().keys().get(name)).flatMap(k -> k.publish()));
            Ports ports = new Ports(clock, randomness, new MaskedStore(stores.router(), Logging.liveKeys()), publisher,
                    new HttpProbeClient(settings.provider(), settings.probing().timeout(), clock),
                    new SqliteLedger(database), new SqliteStateStore(database), history,
                    new SqliteCalibrations(database), new SqliteEvidence(database), metrics.telemetry(),
                    new Sources(name -> Optional.ofNullable(current.get().keys().get(name)), stores.places(),
                            Logging.liveKeys()),
                    new ProcessTeller(Logging.liveKeys()::mask));
            engine = new Engine(settings, ports, ids);
            loops = keep(new Loops(engine, history));
            takeFirstSteps();
            warnOfUnwatchedKeys();
            roles = new PeerRoles(new UserDatabase(), LinuxNative.effectiveUserId(), settings.service());
            ControlVerbs verbs = new ControlVerbs(engine, ports, this);
            keep(ControlServer.start(settings.service(), roles, Logging.liveKeys(), verbs,
                    ControlServer.Limits.DEFAULT));
            HttpEndpoint http = keep(HttpEndpoint.start(settings.service().httpHost(), settings.service().httpPort(),
                    metrics, this::isHealthy, () -> ready, new PageReading(engine, ports)::html));
            startWatchdog();
            Delivery.start(engine, ports, loops);
            loops.start();
            ready = true;
            LOG.info("watching {} keys; metrics at http://{}:{}/metrics, operators at {}", engine.keys().size(),
                    http.address().getHostString(), http.address().getPort(), settings.service().socket());
        } catch (IOException | SchedulerException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Before the engine is there, the settings it will have. */
    private record LatestSettings(Settings first, Daemon daemon) implements Supplier<Settings> {
        @Override
        @SuppressWarnings("ReferenceEquality") // only whether the field has been set
        public Settings get() {
            Engine running = daemon.engineIfRunning();
            return running == null ? first : running.settings();
        }
    }

    @Nullable
    private Engine engineIfRunning() {
        return engine;
    }

    private <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    private void takeFirstSteps() {
        Set<KeyName> late = loops.takeFirstSteps(FIRST_STEPS);
        if (!late.isEmpty()) {
            LOG.warn("started without waiting longer for {}: what consumers are to read of them was not looked at yet",
                    late);
        }
    }

    /** Only a warning rests on it: what cannot be read of keys that are not configured keeps no other from being watched. */
    private void warnOfUnwatchedKeys() {
        try {
            engine.keysUnwatched().forEach(key -> LOG.warn("key {} has live versions and is not in {}: nobody watches"
                    + " it; see `keywane doctor`", key, file));
        } catch (RuntimeException e) {
            LOG.warn("cannot see whether the state knows keys that are not in {}: {}", file, e.getMessage());
        }
    }

    private void startWatchdog() throws SchedulerException {
        if (systemd.watchdogInterval().isPresent()) {
            loops.add("watchdog", systemd.watchdogInterval().get(), () -> {
                if (isHealthy()) {
                    systemd.watchdog();
                }
            });
        }
    }

    boolean isHealthy() {
        return loops.isHealthy();
    }

    Path file() {
        return file;
    }

    Instant started() {
        return started;
    }

    Reload lastReload() {
        return lastReload;
    }

    Stores stores() {
        return stores;
    }

    private GaugeSnapshot gauges() {
        return GaugeReading.of(engine, lastReload.error().isEmpty(), lastReload.inUseSince(), loops.progress());
    }

    /** Reads the configuration again; a bad one changes nothing but what is said of it. */
    synchronized void reload() {
        systemd.reloading();
        try {
            Settings next = loader.load(file);
            List<String> refusals = ReloadCheck.refusals(engine.settings(), next, engine.keysInRotation(),
                    engine.keysLeaving());
            if (!refusals.isEmpty()) {
                refuse(String.join("; ", refusals));
                return;
            }
            Logging.configure(next.service().logFormat(), next.service().logLevel());
            metrics.telemetry().configure(next);
            roles.configure(next.service());
            engine.reload(next);
            lastReload = new Reload(Instant.now(), Optional.empty());
            LOG.info("configuration {} was read again: {} keys", file, next.keys().size());
        } catch (ConfigException e) {
            refuse(String.valueOf(e.getMessage()));
        } finally {
            systemd.ready();
        }
    }

    private void refuse(String why) {
        lastReload = new Reload(lastReload.inUseSince(), Optional.of(why));
        LOG.error("the configuration in use stays, because {} cannot be taken over: {}", file, why);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("something did not close in order", e);
            }
        }
    }

    /** Opens a daemon over a configuration that was just read. */
    static Daemon start(Path file, Map<String, String> environment, SystemdNotifier systemd, HostClock clock)
            throws ConfigException, IOException, SchedulerException {
        SingleSend.require();
        ConfigLoader loader = new ConfigLoader(environment);
        Settings settings = loader.load(file);
        Logging.configure(settings.service().logFormat(), settings.service().logLevel());
        return new Daemon(file, settings, loader, systemd, clock);
    }
}
