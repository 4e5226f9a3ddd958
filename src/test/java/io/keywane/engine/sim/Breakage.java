package io.keywane.engine.sim;

import io.keywane.engine.Ports;
import io.keywane.engine.ProbeCall;
import io.keywane.engine.ProbeClient;
import io.keywane.engine.ProbeLedger;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StateStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure.Kind;
import io.keywane.engine.sim.CrashPoints.Point;
import io.keywane.engine.sim.RunPlan.Planned;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.StoreView;
import io.keywane.usage.AnswerHeaders;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.RateLimitReading;
import io.keywane.usage.Sample;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Engines that break one promise each, made by lying to a sound one: the simulation has to notice every one of them. */
enum Breakage {
    /** Refused keys look accepted. */
    REFUSALS_UNSEEN("I2", Act.SUPPLY_UNKNOWN_TO_API, 92, Breakage::believing),
    /** The same, seen by those who read the key. */
    REFUSED_KEYS_SERVED("I1", Act.SUPPLY_UNKNOWN_TO_API, 92, Breakage::believing),
    /** A promotion drops every other value, as a store that prunes versions. */
    OLD_VALUES_DROPPED("I3", Act.LOOK, 92, ports -> with(ports, dropping(ports.store(), ports.states()))),
    /** The counters of a key on its way out show nobody but us. */
    USE_UNSEEN("I5", Act.USE_LEAVING, 150, ports -> blind(ports, Stage.RETIRING)),
    /** Those of a flagged key do. */
    USE_UNSEEN_AFTER_THE_FLAG("I6", Act.USE_LEAVING, 280, ports -> blind(ports, Stage.FLAGGED)),
    /** The ledger writes nothing down. */
    REQUESTS_NOT_JOURNALLED("I7", Act.LOOK, 92, ports -> with(ports,
            wrap(ProbeLedger.class, ports.ledger(), (_, _, _) -> null, "open", "settle"))),
    /** What was begun before the process died is not asked for. */
    INTENTS_FORGOTTEN("I8", Act.LOOK, 92, ports -> with(ports,
            wrap(StateStore.class, ports.states(), (_, _, _) -> List.of(), "unresolvedIntents"))) {
        @Override
        RunPlan plan(long seed) {
            return super.plan(seed).dying(new Point(Effect.PROMOTE, true, 1));
        }
    },
    /** A rotation that is open is taken for another one. */
    ROTATION_BEGUN_TWICE("I9", Act.LOOK, 92, ports -> with(ports,
            wrap(StateStore.class, ports.states(), (_, arguments, _) -> {
                ports.states().commit(anotherRotation(ports.states(), (KeyState) arguments[0]), list(arguments[1]),
                        list(arguments[2]));
                return null;
            }, "commit"))),
    /** What others put into the store looks like our own key. */
    FOREIGN_CHANGE_UNSEEN("I10", Act.STORE_BY_HAND, 92, ports -> with(ports, hiding(ports))),
    /** One key's refusal by a proxy looks like its revocation. */
    PROXY_TAKEN_FOR_REVOCATION("I13", Act.LOOK, 92, ports -> with(ports,
            probing(ports, (call, sample) -> isIn(Stage.FLAGGED, ports, call)
                    ? new Sample(sample.request(), sample.version(), sample.group(), sample.kind(), sample.sent(),
                            sample.received(), 401, ProbeOutcome.REJECTED, Optional.empty(), AnswerHeaders.NONE)
                    : sample))),
    /** A silent key is flagged without being found drained first. */
    STAGE_SKIPPED("I11", Act.LOOK, 92, ports -> with(ports,
            wrap(StateStore.class, ports.states(), (_, arguments, _) -> {
                ports.states().commit(skipping((KeyState) arguments[0]), list(arguments[1]), list(arguments[2]));
                return null;
            }, "commit"))),
    /** Each request goes out ten times, as from a client that tries again by itself. */
    REQUESTS_REPEATED("I14", Act.LOOK, 92, ports -> with(ports, wrap(ProbeClient.class, ports.probes(),
            (method, arguments, target) -> {
                for (int i = 1; i < 10; i++) {
                    method.invoke(target, arguments);
                }
                return method.invoke(target, arguments);
            }, "probe"))),
    /** What was being waited for counts as waited for when the process starts anew. */
    WAITS_END_WITH_THE_PROCESS("I17", Act.RESTART, 130, ports -> with(ports,
            wrap(StateStore.class, ports.states(), (_, arguments, _) -> {
                KeyState state = ports.states().load((KeyName) arguments[0]);
                return new KeyState(state.key(), state.versions().stream().map(Breakage::replacedLongAgo).toList(),
                        state.rotation());
            }, "load"))) {
        @Override
        RunPlan plan(long seed) {
            return super.plan(seed).withSlowConsumers();
        }
    },
    /** Who looks into the store writes. */
    LOOKS_WRITE("I19", Act.LOOK, 92, ports -> with(ports, wrap(SecretStore.class, ports.store(),
            (method, arguments, target) -> {
                ports.states().commit(ports.states().load((KeyName) arguments[0]), List.of(), List.of());
                return method.invoke(target, arguments);
            }, "view"))),
    /** State changes without journal and audit. */
    INTENTS_NOT_WRITTEN("I16", Act.LOOK, 92, ports -> with(ports,
            wrap(StateStore.class, ports.states(), (_, arguments, _) -> {
                if (arguments[0] instanceof KeyState state) {
                    ports.states().commit(state, List.of(), List.of());
                }
                return null;
            }, "commit", "conclude"))),
    /** Of a key on its way out the counters are read late. */
    COUNTERS_READ_LATE("L2", Act.LOOK, 92, ports -> with(ports, probing(ports, (call, sample) -> {
        boolean isLate = ports.clock().now().wall().isAfter(SimulatedClock.START.plusSeconds(400));
        return isLate || !isIn(Stage.RETIRING, ports, call) ? sample : withoutHeaders(sample);
    }))) {
        @Override
        RunPlan plan(long seed) {
            return RunPlan.calm(seed);
        }
    },
    /** The mark never reaches the store. */
    MARKS_LOST("L1", Act.LOOK, 92, ports -> with(ports, wrap(SecretStore.class, ports.store(), (_, _, _) -> {
        throw new StoreException(Kind.UNKNOWN_OUTCOME, "simulated");
    }, "mark")));

    private final String invariant;
    @SuppressWarnings("ImmutableEnumChecker") // a time and a word
    private final Planned provoked;
    @SuppressWarnings("ImmutableEnumChecker") // keeps nothing: each run gets ports of its own
    private final UnaryOperator<Ports> change;

    Breakage(String invariant, Act act, int at, UnaryOperator<Ports> change) {
        this.invariant = invariant;
        this.provoked = new Planned(at, act);
        this.change = change;
    }

    /** The promise that it breaks. */
    String invariant() {
        return invariant;
    }

    /** A run in which somebody does what provokes it, and nothing else goes wrong. */
    RunPlan plan(long seed) {
        return RunPlan.calm(seed, provoked);
    }

    Ports in(Ports ports) {
        return change.apply(ports);
    }

    private interface Lie {
        Sample about(ProbeCall call, Sample truth);
    }

    private interface Handler {
        @Nullable
        Object handle(Method method, Object[] arguments, Object target) throws Throwable;
    }

    private static Ports believing(Ports ports) {
        return with(ports, probing(ports, (_, sample) -> sample.outcome() == ProbeOutcome.REJECTED
                ? new Sample(sample.request(), sample.version(), sample.group(), sample.kind(), sample.sent(),
                        sample.received(), 200, ProbeOutcome.VALID, Optional.empty(), AnswerHeaders.NONE)
                : sample));
    }

    private static ProbeClient probing(Ports ports, Lie lie) {
        return wrap(ProbeClient.class, ports.probes(), (_, arguments, _) -> lie.about((ProbeCall) arguments[0],
                ports.probes().probe((ProbeCall) arguments[0], (KeyMaterial) arguments[1])), "probe");
    }

    private static Sample withoutHeaders(Sample sample) {
        return new Sample(sample.request(), sample.version(), sample.group(), sample.kind(), sample.sent(),
                sample.received(), sample.status(), sample.outcome(), sample.failure(), AnswerHeaders.NONE);
    }

    /** As if nobody but us had used the key: the window holds our own requests alone. */
    private static Lie alone() {
        Map<VersionId, Deque<Instant>> own = new HashMap<>();
        return (call, sample) -> {
            if (sample.headers().rateLimit().isEmpty()) {
                return sample;
            }
            Instant date = sample.headers().date().orElseThrow();
            Deque<Instant> window = own.computeIfAbsent(call.entry().version(), _ -> new ArrayDeque<>());
            window.add(date);
            window.removeIf(at -> !at.isAfter(date.minus(ApiModel.WINDOW)));
            RateLimitReading reading = new RateLimitReading(ApiModel.LIMIT, ApiModel.LIMIT - window.size(),
                    window.getFirst().plus(ApiModel.WINDOW));
            return new Sample(sample.request(), sample.version(), sample.group(), sample.kind(), sample.sent(),
                    sample.received(), sample.status(), sample.outcome(), sample.failure(),
                    new AnswerHeaders(Optional.of(reading), Optional.empty(), sample.headers().deducted(),
                            sample.headers().balance(), sample.headers().date(), sample.headers().retryAfter()));
        };
    }

    private static Ports blind(Ports ports, Stage stage) {
        Lie lie = alone();
        return with(ports, probing(ports, (call, sample) -> {
            Sample lied = lie.about(call, sample);
            return isIn(stage, ports, call) ? lied : sample;
        }));
    }

    private static boolean isIn(Stage stage, Ports ports, ProbeCall call) {
        return ports.states().keys().stream().map(key -> ports.states().load(key).version(call.entry().version()))
                .flatMap(Optional::stream).anyMatch(version -> version.stage() == stage);
    }

    private static KeyVersion replacedLongAgo(KeyVersion v) {
        return new KeyVersion(v.id(), v.fingerprint(), v.publicPrefix(), v.environment(), v.dashboardName(),
                v.takenIn(), v.stage(), v.since(), v.reason(), v.served(),
                v.replaced().map(at -> at.plus(Duration.ofHours(-1))), v.waived(), v.evidence());
    }

    private static KeyState skipping(KeyState state) {
        return new KeyState(state.key(), state.versions().stream().map(version -> version.stage() == Stage.DRAINED
                ? version.to(Stage.FLAGGED, Reason.FLAG_MARKED, version.since())
                : version).toList(), state.rotation());
    }

    private static KeyState anotherRotation(StateStore states, KeyState next) {
        return states.load(next.key()).openRotation().isEmpty()
                ? next
                : new KeyState(next.key(), next.versions(), next.rotation()
                        .map(r -> Rotation.open("another", r.trigger(), r.reason(), r.oldVersion(), r.since())));
    }

    @SuppressWarnings("unchecked") // an argument of the wrapped method, which has this type
    private static <T> List<T> list(Object argument) {
        return (List<T>) argument;
    }

    private static SecretStore dropping(SecretStore store, StateStore states) {
        return wrap(SecretStore.class, store, (_, arguments, _) -> {
            KeyName key = (KeyName) arguments[0];
            StoreView view = store.promote(key, (VersionId) arguments[1], (long) arguments[2]);
            for (KeyVersion version : states.load(key).versions()) {
                boolean other = !version.id().equals(arguments[1]) && view.held().contains(version.id());
                view = other ? store.release(key, version.id(), view.revision()) : view;
            }
            return view;
        }, "promote");
    }

    private static SecretStore hiding(Ports ports) {
        return wrap(SecretStore.class, ports.store(), (_, arguments, _) -> {
            StoreView view = ports.store().view((KeyName) arguments[0]);
            KeyState state = ports.states().load((KeyName) arguments[0]);
            Optional<VersionId> known = state.current().map(KeyVersion::id).filter(view.held()::contains);
            boolean strange = view.current().filter(id -> state.version(id).isEmpty()).isPresent();
            return strange
                    ? new StoreView(view.revision(), known, view.held().stream()
                            .filter(id -> state.version(id).isPresent()).collect(Collectors.toSet()),
                            view.flagged())
                    : view;
        }, "view");
    }

    private static Ports with(Ports ports, Object other) {
        return new Ports(ports.clock(), ports.randomness(), other instanceof SecretStore s ? s : ports.store(),
                ports.publisher(), other instanceof ProbeClient p ? p : ports.probes(),
                other instanceof ProbeLedger l ? l : ports.ledger(),
                other instanceof StateStore s ? s : ports.states(), ports.history(), ports.calibrations(),
                ports.evidence(), ports.telemetry(), ports.sources(), ports.teller());
    }

    /** A port whose named methods are handled anew; the others pass. */
    private static <T> T wrap(Class<T> port, T target, Handler handler, String... names) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[]{port}, (_, method, arguments) -> {
            if (List.of(names).contains(method.getName())) {
                return handler.handle(method, arguments, target);
            }
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
