package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Transitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.keywane.engine.TestingWorld.ANNA;
import static io.keywane.engine.TestingWorld.KEY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every reason for which a rotation can be parked has a way out: it is parked so, and then a person types what
 * {@code rotation status --explain} prints, and nothing else, until no rotation is open.
 */
class ParkedWaysOutTest {
    private static final KeyMaterial OLD = TestingWorld.material("old");
    private static final KeyMaterial NEW = TestingWorld.material("new");
    private static final KeyMaterial NEXT = TestingWorld.material("next");
    private static final KeyMaterial OF_TEST = KeyMaterial.copyOf("jbe_test_new".getBytes(StandardCharsets.US_ASCII));
    private static final Duration LONG = Duration.ofMinutes(40);
    private static final int MOST_COMMANDS = 6;

    @TempDir
    private Path directory;

    /**
     * How a rotation comes to be parked for a reason.
     *
     * @param name of the case
     * @param ways how many ways out are printed; each is gone
     * @param park brings it about
     * @param before what people do outside of Keywane before they type, if a way needs it
     * @param after what people do outside of Keywane after the first command, if the cause lies there
     */
    record Row(
            Reason reason,
            String name,
            int ways,
            Consumer<TestingWorld> park,
            BiConsumer<TestingWorld, Integer> before,
            Consumer<TestingWorld> after) {
        Row(Reason reason, String name, int ways, Consumer<TestingWorld> park) {
            this(reason, name, ways, park, (_, _) -> {}, _ -> {});
        }

        Row before(BiConsumer<TestingWorld, Integer> prepare) {
            return new Row(reason, name, ways, park, prepare, after);
        }

        Row after(Consumer<TestingWorld> repair) {
            return new Row(reason, name, ways, park, before, repair);
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row(Reason.STORE_FAILING, "the store is out of reach", 1, ParkedWaysOutTest::storeFails)
                    .after(world -> world.store.failing = null),
            new Row(Reason.FOREIGN_CHANGE, "others change the key", 1, ParkedWaysOutTest::othersChangeTheKey),
            new Row(Reason.STATE_BEHIND, "the state is older than the store", 1, ParkedWaysOutTest::stateIsOld),
            new Row(Reason.KEY_DIFFERS, "an adopted key is of another environment", 2,
                    ParkedWaysOutTest::adoptedKeyDiffers),
            new Row(Reason.OLD_KEY_NOT_ACCEPTED, "a rollback while no key is accepted", 2,
                    ParkedWaysOutTest::rollbackIsImpossible).after(world -> world.api.stripsHeader = false),
            new Row(Reason.CURRENT_REFUSED, "the new key of an emergency is refused", 2,
                    ParkedWaysOutTest::newKeyOfAnEmergencyIsRefused),
            new Row(Reason.CURRENT_REFUSED, "an adopted key is refused", 2, ParkedWaysOutTest::adoptedKeyIsRefused)
                    .before((world, way) -> {
                        if (way == 1) {
                            byHand(world, NEXT);
                        }
                    }));

    private static void storeFails(TestingWorld world) {
        world.engine.operations().start(KEY, false, ANNA);
        world.store.failing = StoreFailure.Kind.UNAVAILABLE;
    }

    private static void othersChangeTheKey(TestingWorld world) {
        world.engine.operations().start(KEY, false, ANNA);
        byHand(world, NEW);
    }

    private static void byHand(TestingWorld world, KeyMaterial key) {
        world.api.create(key);
        world.store.values.put(world.id(key), key);
        world.store.current = world.id(key);
        world.store.revision++;
    }

    private static void stateIsOld(TestingWorld world) {
        world.engine.operations().start(KEY, false, ANNA);
        world.api.create(NEW);
        world.store.values.put(world.id(NEW), NEW);
        world.store.revision++;
    }

    private static void adoptedKeyDiffers(TestingWorld world) {
        byHand(world, OF_TEST);
        world.run(Duration.ofSeconds(5));
        world.operate(() -> world.engine.operations().adopt(KEY, Optional.of("red"), ANNA));
    }

    private static void rollbackIsImpossible(TestingWorld world) {
        world.supply(NEW);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);
        world.api.stripsHeader = true;
        world.run(Duration.ofMinutes(3));
        world.operate(() -> world.engine.operations().rollback(KEY, ANNA));
    }

    private static void newKeyOfAnEmergencyIsRefused(TestingWorld world) {
        world.operate(() -> world.engine.operations().start(KEY, true, ANNA));
        world.supply(NEW);
        world.runUntil("draining", LONG, () -> world.where() == RotationState.DRAINING);
        world.revoke(NEW);
        for (int i = 0; i < AcceptanceTracker.CONFIRMED; i++) {
            world.engine.operations().probe(KEY);
        }
    }

    private static void adoptedKeyIsRefused(TestingWorld world) {
        byHand(world, NEW);
        world.revoke(NEW);
        world.operate(() -> world.engine.operations().adopt(KEY, Optional.of("red"), ANNA));
    }

    static Stream<Reason> parkingReasons() {
        return Transitions.ROTATION.stream().filter(edge -> edge.to() == RotationState.PARKED)
                .flatMap(edge -> edge.reasons().stream()).distinct().sorted();
    }

    /** Each row with each of its ways, counted from 0. */
    static Stream<Arguments> ways() {
        return ROWS.stream().flatMap(row -> IntStream.range(0, row.ways())
                .mapToObj(way -> Arguments.of(row.reason() + ": " + row.name(), row, way)));
    }

    /** Where no key of the organisation is accepted, only a person can tell that the new key is a wrong one. */
    @Test
    void newKey_refusedWhileNoKeyIsAccepted_isGivenUpByAPerson() {
        TestingWorld world = new TestingWorld().withKey(OLD);
        world.operate(() -> world.engine.operations().start(KEY, false, ANNA));
        world.revoke(OLD);
        world.operate(() -> world.engine.operations().supply(KEY, NEW, Optional.of("unknown to the API"), ANNA));
        world.run(LONG);
        assertThat(world.state().openRotation().orElseThrow().reason()).isEqualTo(Reason.WAITS_FOR_PROOF);

        assertThat(WaysOut.of(world.engine.report(KEY).orElseThrow())).singleElement().asString()
                .startsWith("keywane rotation abort search-production");
    }

    @Test
    void reasons_withARow_areThoseThatPark() {
        assertThat(ROWS.stream().map(Row::reason).collect(Collectors.toSet()))
                .as("each reason that parks needs a row").isEqualTo(parkingReasons().collect(Collectors.toSet()));
    }

    @ParameterizedTest(name = "{0}, way {2}")
    @MethodSource("ways")
    void parkedRotation_byWhatStatusPrints_comesToAnEnd(String name, Row row, int way) throws IOException {
        TestingWorld world = new TestingWorld().withKey(OLD);
        row.park().accept(world);
        world.runUntil("parked", LONG, () -> isParked(world, row.reason()));
        try (OperatorLine line = new OperatorLine(world, directory.resolve("s"))) {
            List<String> printed = commands(line);
            assertThat(printed).as("ways out of %s", name).hasSize(row.ways());
            List<String> typed = new ArrayList<>();
            row.before().accept(world, way);
            type(world, line, printed.get(way), typed);
            row.after().accept(world);
            while (!settles(world)) {
                assertThat(typed).as("typed without an end").hasSizeLessThan(MOST_COMMANDS);
                List<String> next = commands(line);
                assertThat(next).as("nothing to type, and no end; typed %s", typed).isNotEmpty();
                type(world, line, next.getFirst(), typed);
            }
        }
        assertThat(world.state().openRotation()).isEmpty();
        assertThat(world.violations).isEmpty();
    }

    private static boolean isParked(TestingWorld world, Reason reason) {
        return world.state().rotation().filter(r -> r.state() == RotationState.PARKED && r.reason() == reason)
                .isPresent();
    }

    /** Whether it comes to an end by itself within the time of a drain. */
    private static boolean settles(TestingWorld world) {
        Duration end = world.clock.elapsed().plus(LONG);
        while (world.state().openRotation().isPresent() && world.clock.elapsed().compareTo(end) < 0) {
            world.tick();
            Optional<Rotation> open = world.state().openRotation();
            if (open.filter(ParkedWaysOutTest::waitsForAPerson).isPresent()) {
                return false;
            }
        }
        return world.state().openRotation().isEmpty();
    }

    private static boolean waitsForAPerson(Rotation rotation) {
        return Set.of(Reason.WAITS_FOR_KEY, Reason.KEY_DIFFERS, Reason.CURRENT_REFUSED, Reason.STATE_BEHIND,
                Reason.FOREIGN_CHANGE).contains(rotation.reason());
    }

    /** The commands under "What to type", without the remark behind each. */
    private static List<String> commands(OperatorLine line) {
        OperatorLine.Said said = line.type("rotation status search-production --explain");
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out().lines().dropWhile(l -> !l.equals("What to type")).skip(1)
                .map(l -> l.strip().replaceFirst(" \\(.*", "")).filter(l -> l.startsWith("keywane ")).toList();
    }

    private static void type(TestingWorld world, OperatorLine line, String command, List<String> typed) {
        typed.add(command);
        String words = command.substring("keywane ".length()).replace("TEXT", "tested");
        boolean asks = words.matches("rotation (approve|abort|rollback|adopt|waive|start .*--emergency).*");
        OperatorLine.Said said;
        if (words.startsWith("rotation supply")) {
            world.api.create(NEXT);
            said = line.type(words, NEXT);
        } else if (words.equals("doctor")) {
            return; // it looks at the store from outside, which this world does not have
        } else {
            said = line.type(words + (asks ? " --yes" : ""));
        }
        assertThat(said.exit()).as("%s: %s", command, said.err()).isZero();
    }
}
