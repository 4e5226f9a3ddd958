package io.keywane.daemon;

import io.keywane.engine.Engine;
import io.keywane.engine.History;
import io.keywane.key.KeyName;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static java.util.Objects.requireNonNull;

/**
 * Drives the engine: one Quartz trigger for each shard of keys and for each other loop; the work itself runs on virtual
 * threads, so that a slow key holds up no other.
 */
final class Loops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);
    private static final String LOOPS = "loops";
    /** How often due probes are looked for: fine enough for the aim that a drain needs. */
    private static final Duration PROBE_TICK = Duration.ofMillis(250);
    private static final Duration STEP_TICK = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Engine engine;
    private final Scheduler scheduler;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, Runnable> rounds = new ConcurrentHashMap<>();
    private final LoopProgress progress = new LoopProgress(InstantSource.system(), System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Runs one round of the loop that the trigger names. */
    @DisallowConcurrentExecution
    public static final class Round implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            try {
                Loops loops = (Loops) requireNonNull(context.getScheduler().getContext().get(LOOPS), "no loops");
                loops.round(context.getJobDetail().getKey().getName());
            } catch (SchedulerException e) {
                throw new IllegalStateException("the scheduler lost its context", e);
            }
        }
    }

    Loops(Engine engine, History history) throws SchedulerException {
        this.engine = engine;
        Properties properties = new Properties();
        // Two schedulers of one name in one process would be one object.
        properties.setProperty("org.quartz.scheduler.instanceName", "keywane-" + UUID.randomUUID());
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "1000");
        properties.setProperty("org.quartz.threadPool.threadCount", "4");
        properties.setProperty("org.quartz.threadPool.threadsInheritContextClassLoaderOfInitializingThread", "true");
        scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.getContext().put(LOOPS, this);
        for (int shard = 0; shard < engine.settings().probing().shards(); shard++) {
            int number = shard;
            add("probe_" + shard, PROBE_TICK,
                    () -> engine.shard(number).forEach(key -> start("probe", key, engine::probe)));
        }
        add("step", STEP_TICK, () -> engine.keys().forEach(key -> start("step", key, engine::step)));
        add("intake", SECOND, () -> engine.keys().forEach(key -> start("intake", key, engine::takeIn)));
        add("tell", SECOND, () -> engine.keys().forEach(key -> start("tell", key, engine::tell)));
        add("calibrate", SECOND, () -> engine.keys().forEach(key -> start("calibrate", key, this::calibrate)));
        add("wallet", SECOND, () -> engine.settings().organisations().keySet()
                .forEach(name -> startNamed("wallet/" + name, () -> engine.probeBalance(name))));
        add("control", engine.settings().probing().interval(), () -> startNamed("control", engine::probeControl));
        add("alerts", SECOND, engine::evaluateAlerts);
        add("history", SECOND, history::flush);
        add("retention", Duration.ofHours(24), engine::prune);
    }

    /** Carries one calibration on until it is over, with exact sleeps: its timing is what it measures by. */
    private void calibrate(KeyName key) {
        try {
            Optional<Duration> wait = engine.calibrate(key);
            while (wait.isPresent() && !closing.await(Math.min(wait.get().toNanos(), SECOND.toNanos()),
                    TimeUnit.NANOSECONDS)) {
                wait = engine.calibrate(key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void add(String name, Duration period, Runnable round) throws SchedulerException {
        rounds.put(name, round);
        progress.begin(name, period);
        JobDetail job = JobBuilder.newJob(Round.class).withIdentity(name).build();
        Trigger trigger = TriggerBuilder.newTrigger().withIdentity(name)
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withIntervalInMilliseconds(period.toMillis())
                        .repeatForever().withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        scheduler.scheduleJob(job, trigger);
    }

    /** Takes each key's first step, before the loops start; the keys whose step is not over in time: it goes on. */
    Set<KeyName> takeFirstSteps(Duration patience) {
        return FirstSteps.take(engine.keys(), engine::step, (key, work) -> startNamed("step/" + key, work), patience);
    }

    void start() throws SchedulerException {
        scheduler.start();
    }

    private void round(String name) {
        Runnable round = rounds.get(name);
        if (round == null) {
            return;
        }
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("the loop {} failed in a round and goes on", name, e);
        }
        progress.done(name);
    }

    private void start(String kind, KeyName key, Consumer<KeyName> work) {
        startNamed(kind + "/" + key, () -> work.accept(key));
    }

    /** Starts work unless the same is still under way. */
    void startNamed(String name, Runnable work) {
        if (!busy.add(name)) {
            return;
        }
        workers.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("{} failed and will be tried again", name, e);
            } finally {
                busy.remove(name);
            }
        });
    }

    /** When each loop last finished a round. */
    Map<String, Instant> progress() {
        return progress.times();
    }

    /** Whether every loop makes progress. */
    boolean isHealthy() {
        return progress.isHealthy();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            LOG.warn("the scheduler did not stop in order", e);
        }
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        LOG.debug("loops of {} keys ended", engine.keys().size());
    }
}
