package io.keywane.chaos;

import io.keywane.Rig;
import io.keywane.control.Argument;
import io.keywane.control.AuditVerification;
import io.keywane.control.ControlReply;
import io.keywane.control.ControlRequest;
import io.keywane.control.KeyDetail;
import io.keywane.control.MutationResult;
import io.keywane.control.RotationStatus;
import io.keywane.control.Verb;
import io.keywane.key.KeyMaterial;
import io.keywane.key.Stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many keys rotate at once, under load, while the daemon is killed with SIGKILL at random moments and started again: each
 * rotation goes to its end, no request of a consumer is refused, no key is flagged while somebody uses it.
 */
final class Chaos implements AutoCloseable {
    private static final Duration LONGEST_ROTATION = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(700);

    private final ChaosPlan plan;
    private final Rig rig;
    private final Patient operator;
    private final ChaosUsers users;
    private final Random random;
    private final List<String> names;
    private final Map<String, Rig.NewKey> current = new HashMap<>();
    private final List<Duration> flaggedAfter = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Process daemon;
    private int killed;

    Chaos(ChaosPlan plan, Path folder) throws IOException {
        this.plan = plan;
        random = new Random(plan.seed());
        names = KeyFleet.names(plan.keys());
        rig = new Rig(folder);
        KeyFleet.configure(rig, names);
        operator = new Patient(rig);
        users = new ChaosUsers(rig.sandbox().baseUrl());
        daemon = rig.start();
    }

    /** Plays all rounds. */
    Chaos play() throws IOException, InterruptedException, ExecutionException {
        for (String name : names) {
            Rig.NewKey first = rig.createKey(name + "-0");
            change(Verb.KEYS_IMPORT, name, Optional.of(first.material()));
            current.put(name, first);
        }
        for (String name : names) {
            awaitPublished(name);
            users.start(plan.consumers(), published(name));
        }
        Thread.sleep(Duration.ofSeconds(12));
        for (int round = 0; round < plan.rounds(); round++) {
            round(round);
        }
        ControlReply audit = operator.ask(ControlRequest.of(Verb.AUDIT_VERIFY), Optional.empty());
        if (!audit.resultAs(AuditVerification.class).intact()) {
            faults.add("the audit chain is broken");
        }
        return this;
    }

    private void round(int round) throws IOException, InterruptedException, ExecutionException {
        try (ExecutorService rotations = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Duration>> running = new ArrayList<>();
            for (String name : names) {
                Rig.NewKey next = rig.createKey(name + "-" + (round + 1));
                Rig.NewKey old = current.put(name, next);
                if (old == null) {
                    throw new IllegalStateException(name + " has no key");
                }
                running.add(rotations.submit(() -> rotate(name, old, next)));
            }
            kill(plan.killsIn(round));
            for (Future<Duration> one : running) {
                flaggedAfter.add(one.get());
            }
        }
        System.out.printf(Locale.ROOT, "chaos: round %d of %d, %d keys replaced, %d kills so far, %.0f requests/s%n",
                round + 1, plan.rounds(), names.size(), killed, users.perSecond());
    }

    /** @return from the last use of the old key to its flag */
    private Duration rotate(String name, Rig.NewKey old, Rig.NewKey next) throws IOException, InterruptedException {
        change(Verb.ROTATION_START, name, Optional.empty());
        change(Verb.ROTATION_SUPPLY, name, Optional.of(next.material()));
        Instant flagged = awaitState(name, "flagged");
        Instant used = users.lastUse(old.material().exposeString());
        if (!flagged.isAfter(used)) {
            faults.add(name + " was flagged at " + flagged + ", but used at " + used);
        }
        rig.sandbox().revokeKey(old.id());
        awaitRevoked(name);
        if (!Files.readString(published(name)).equals(next.material().exposeString())) {
            faults.add(name + " does not publish its newest key");
        }
        return Duration.between(used, flagged);
    }

    private void kill(int number) throws IOException, InterruptedException {
        for (int i = 0; i < number; i++) {
            Thread.sleep(ChaosPlan.life(random));
            daemon.destroyForcibly().waitFor();
            killed++;
            daemon = rig.start();
        }
    }

    private void change(Verb verb, String name, Optional<KeyMaterial> secret) throws InterruptedException {
        ControlRequest request = ControlRequest.of(verb, name).withReason("chaos")
                .withRequestId(UUID.randomUUID().toString());
        operator.ask(verb.takesSecret() ? request.with(Argument.DASHBOARD_NAME, name) : request, secret)
                .resultAs(MutationResult.class);
    }

    private Instant awaitState(String name, String state) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_ROTATION);
        while (true) {
            RotationStatus status = operator.ask(ControlRequest.of(Verb.ROTATION_STATUS, name), Optional.empty())
                    .resultAs(RotationStatus.class);
            Optional<Instant> since = status.rotation().filter(r -> r.state().equals(state)).map(r -> r.since());
            if (since.isPresent()) {
                return since.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(name + " is not " + state + " but " + status.rotation() + ", gates "
                        + status.gates());
            }
            Thread.sleep(LOOK);
        }
    }

    private void awaitRevoked(String name) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_ROTATION);
        while (operator.ask(ControlRequest.of(Verb.KEYS_SHOW, name), Optional.empty()).resultAs(KeyDetail.class)
                .versions().stream().anyMatch(v -> v.stage() != Stage.CURRENT && v.stage() != Stage.REVOKED)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("the old key of " + name + " is revoked, and that was not seen");
            }
            Thread.sleep(LOOK);
        }
    }

    private void awaitPublished(String name) throws InterruptedException {
        while (!Files.exists(published(name))) {
            Thread.sleep(LOOK);
        }
    }

    private Path published(String name) {
        return rig.published().resolveSibling(name);
    }

    /** What must not be: refused requests, flags before the last use, a broken chain. */
    List<String> faults() {
        List<String> all = new ArrayList<>(faults);
        all.addAll(users.refusals());
        return all;
    }

    int kills() {
        return killed;
    }

    int rotations() {
        return flaggedAfter.size();
    }

    String report() {
        List<Duration> sorted = flaggedAfter.stream().sorted().toList();
        return String.format(Locale.ROOT,
                "chaos: seed %d, %d rotations of %d keys, %d kills, %,d requests of consumers (%.0f a second), %d"
                        + " refused or false; flagged %.1f to %.1f s after the last use, half within %.1f s",
                plan.seed(), sorted.size(), names.size(), killed, users.requests(), users.perSecond(), faults().size(),
                seconds(sorted.getFirst()), seconds(sorted.getLast()), seconds(sorted.get(sorted.size() / 2)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    String log() throws IOException {
        return rig.log();
    }

    @Override
    public void close() throws IOException {
        users.close();
        rig.close();
    }
}
