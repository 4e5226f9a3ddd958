package io.keywane.engine.sim;

import io.keywane.engine.Engine;
import io.keywane.engine.Ids;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.Ports;
import io.keywane.engine.Settings;
import io.keywane.engine.StoreException;
import io.keywane.engine.sim.RunPlan.Planned;
import io.keywane.engine.sim.Weather.Spell;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;
import io.keywane.usage.LimiterGroup;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One run: the engine among its models, second by second. */
final class Run {
    static final Duration INTERVAL = Duration.ofSeconds(60);
    static final long CREDITS = 500;
    static final int MOST_OWN = 24;
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final long PATIENCE = 5_400_000;

    /** When somebody makes a backup of the state, in ticks: before the rotation begins. */
    private static final int BACKUP = 40;

    final RunPlan plan;
    final SimulatedClock clock = new SimulatedClock();
    final CrashPoints crash;
    final Weather weather;
    final RecordsModel records;
    final DatabaseModel database;
    private final CalibrationsModel calibrations = new CalibrationsModel();
    final StoreModel store;
    final ApiModel api;
    final Promises promises;
    private final long patience;
    private final UnaryOperator<Ports> change;
    private final Person person;
    private final Dice dice;
    private final Ids ids;
    private final Settings settings;
    private final List<KeyName> keys;
    private final Consumer<String> trace;
    private final List<io.keywane.engine.sim.Consumer> consumers = new ArrayList<>();
    private final Map<KeyMaterial, Long> usedUntil = new LinkedHashMap<>();
    private @Nullable Engine engine;
    private int nextAct;
    private long steps;
    private int deaths;
    private long troubleAt;
    private long ticks;

    Run(RunPlan plan, Consumer<String> trace) {
        this(plan, UnaryOperator.identity(), trace, PATIENCE);
    }

    /** A run in which the engine's ports are changed. */
    Run(RunPlan plan, UnaryOperator<Ports> change, Consumer<String> trace) {
        this(plan, change, trace, PATIENCE / 6);
    }

    private Run(RunPlan plan, UnaryOperator<Ports> change, Consumer<String> trace, long patience) {
        this.patience = patience;
        this.plan = plan;
        this.change = change;
        this.trace = trace;
        dice = new Dice(plan.seed() ^ 0x5eed);
        crash = new CrashPoints(plan.deaths());
        weather = new Weather(plan.spells(), dice.fork(), clock);
        ids = new Ids(dice.fork(), "pepper of this installation".getBytes(StandardCharsets.UTF_8));
        promises = new Promises(plan, this);
        records = new RecordsModel(crash, weather);
        database = new DatabaseModel(crash, weather, promises);
        store = new StoreModel(clock, crash, weather, dice.fork(), promises);
        api = new ApiModel(clock, crash, weather, dice.fork(), records, this::isLeaving, this::say);
        person = new Person(this, dice.fork());
        settings = Scenery.settings(plan);
        keys = settings.keys().keySet().stream().sorted((a, b) -> a.value().compareTo(b.value())).toList();
        for (KeyName key : keys) {
            consumers(key);
        }
    }

    private void consumers(KeyName key) {
        Dice drawn = dice.fork();
        consumers.add(new io.keywane.engine.sim.Consumer(() -> readable(key), groups(), drawn, drawn.between(4, 8)));
        if (plan.hasStraggler()) {
            consumers.add(new io.keywane.engine.sim.Consumer(() -> readable(key), groups(), drawn,
                    drawn.between(60, 200)));
        }
    }

    /** Plays it to its end and says what came of it. */
    Outcome play() {
        say(plan.words());
        alive(this::start);
        boolean done = false;
        while (!done && clock.millis() < limit() && promises.broken().size() < 5) {
            tick();
            done = isSober() && End.isReached(this);
        }
        if (!done && promises.broken().isEmpty()) {
            keys.forEach(key -> java.util.Objects.requireNonNull(engine).report(key)
                    .ifPresent(r -> say(r.gates().toString())));
            // Where the process died on the way, it is the promise that it finds back.
            promises.breaks(plan.deaths().isEmpty() ? "L1" : "I8", "not at its end after long: " + End.missing(this));
        }
        return new Outcome(plan, promises.broken(), steps, deaths, crash.hit(), crash.seen(), weather.struck(),
                Outcome.ends(this), person.refused, clock.millis() / 1_000);
    }

    private long limit() {
        return Math.max(troubleAt, RunPlan.SOBER * 1_000L) + patience;
    }

    boolean isSober() {
        return clock.millis() >= RunPlan.SOBER * 1_000L || (plan.acts().isEmpty() && plan.spells().isEmpty());
    }

    /** When the latest fault, death or act was. */
    long lastTrouble() {
        return Math.max(troubleAt, Math.min(weather.end(), clock.millis()));
    }

    /**
     * Whether silence may be out of sight for long: a clock that was moved while the host restarted leaves open which one;
     * a key that an older state does not know to be revoked and gone cannot be probed.
     */
    boolean maySilenceBeUnseen() {
        Set<Fault> struck = weather.struck().keySet();
        boolean moved = struck.contains(Fault.CLOCK_FORWARD) || struck.contains(Fault.CLOCK_BACK);
        return struck.contains(Fault.OLD_STATE) || (moved && struck.contains(Fault.HOST_RESTART));
    }

    boolean mayWaive() {
        return person.waived;
    }

    private void tick() {
        long before = clock.millis();
        clock.advance(TICK);
        ticks++;
        store.tick();
        weather.moments(before, clock.millis()).forEach(this::strike);
        long now = clock.millis();
        consumers.forEach(consumer -> {
            if (isSober()) {
                consumer.behave();
            }
            consumer.tick(now, api);
        });
        usedUntil.forEach((key, until) -> {
            if (now < until) {
                groups().forEach(group -> api.use(key, group));
            }
        });
        if (ticks == BACKUP) {
            database.backUp();
        }
        alive(() -> {
            people();
            loops();
        });
        promises.check();
    }

    private void people() {
        while (nextAct < plan.acts().size() && clock.millis() >= plan.acts().get(nextAct).at() * 1_000L) {
            Planned planned = plan.acts().get(nextAct++);
            troubleAt = clock.millis();
            person.act(dice.of(keys), planned.act());
        }
        if (ticks % 3 != 0) {
            return;
        }
        for (KeyName key : keys) {
            person.begin(key);
            boolean begins = clock.millis() >= RunPlan.BEGIN * 1_000L && database.load(key).current().isPresent()
                    && database.load(key).versions().size() == 1 && database.load(key).openRotation().isEmpty();
            if (begins) {
                person.act(key, Act.START);
            }
            person.attend(key);
        }
    }

    private void loops() {
        Engine daemon = engine;
        if (daemon == null) {
            start();
            return;
        }
        for (KeyName key : keys) {
            round(() -> daemon.probe(key));
            round(() -> daemon.step(key));
        }
        round(() -> daemon.probeBalance(Scenery.ORGANISATION));
        if (ticks % 30 == 0) {
            round(daemon::probeControl);
        }
        if (ticks % 3 == 0) {
            round(daemon::evaluateAlerts);
        }
        round(records::flush);
    }

    /** One round of a loop: as in the daemon, what it throws ends the round and not the loop. */
    private void round(Runnable loop) {
        steps++;
        try {
            loop.run();
        } catch (PersistenceException | StoreException e) {
            say("a round failed: " + e.getMessage());
        } catch (RuntimeException e) {
            promises.breaks("throws", e + " at " + e.getStackTrace()[0]);
        }
    }

    private void alive(Runnable life) {
        try {
            life.run();
        } catch (CrashPoints.Died died) {
            deaths++;
            troubleAt = clock.millis();
            say("DIED " + died.getMessage());
            restart();
        } catch (RuntimeException e) {
            promises.breaks("throws", e + " at " + e.getStackTrace()[0]);
        }
    }

    /** The process ends and is started again. */
    void restart() {
        say("restart");
        troubleAt = clock.millis();
        records.lose();
        engine = null;
        clock.advance(Duration.ofSeconds(1));
        alive(this::start);
    }

    private void start() {
        try {
            engine = new Engine(settings, change.apply(new Ports(clock, dice, store, store, api, records, database,
                    records,
                    calibrations, records, Scenery.DEAF)), ids);
        } catch (PersistenceException e) {
            say("cannot start: " + e.getMessage());
        }
    }

    private void strike(Spell spell) {
        troubleAt = clock.millis();
        say("strikes " + spell.fault());
        switch (spell.fault()) {
            case CLOCK_FORWARD -> clock.jump(Duration.ofHours(dice.between(1, 30)));
            case CLOCK_BACK -> clock.jump(Duration.ofHours(-dice.between(1, 30)));
            case HOST_RESTART -> {
                records.lose();
                engine = null;
                clock.reboot();
            }
            case KILL -> {
                records.lose();
                engine = null;
            }
            case OLD_STATE -> {
                records.lose();
                engine = null;
                database.restore();
            }
            default -> throw new IllegalStateException("no moment: " + spell.fault());
        }
    }

    /** Somebody looks at everything; nothing may change by that. */
    void look() {
        Engine daemon = engine;
        if (daemon == null) {
            return;
        }
        int before = database.changes + store.changes;
        keys.forEach(daemon::report);
        daemon.alerts();
        daemon.findings();
        daemon.organisation(Scenery.ORGANISATION);
        if (database.changes + store.changes != before) {
            promises.breaks("I19", "a look changed something");
        }
    }

    void useForAWhile(KeyMaterial key) {
        usedUntil.put(key, clock.millis() + 20_000);
    }

    void say(String line) {
        trace.accept("%8.1f  %s".formatted(clock.millis() / 1e3, line));
    }

    @Nullable
    Engine engine() {
        return engine;
    }

    List<KeyName> keys() {
        return keys;
    }

    List<LimiterGroup> groups() {
        return Scenery.groups(plan);
    }

    VersionId id(KeyName key, KeyMaterial material) {
        return ids.version(key, material);
    }

    KeyName keyOf(VersionId version) {
        return keys.stream().filter(k -> database.load(k).version(version).isPresent()).findFirst().orElseThrow();
    }

    /** Whether no consumer is given it, and nobody is asked to revoke it. */
    private boolean isLeaving(KeyMaterial key) {
        return keys.stream().noneMatch(name -> readable(name).equals(Optional.of(key))
                || store.truth(name).flagged().contains(id(name, key)));
    }

    /** What consumers of a key read now. */
    Optional<KeyMaterial> readable(KeyName key) {
        return plan.publishes() ? store.published(key) : store.current(key);
    }

    List<io.keywane.engine.sim.Consumer> consumers() {
        return consumers;
    }
}
