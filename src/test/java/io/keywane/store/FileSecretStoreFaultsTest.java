package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyMaterial;
import io.keywane.rotation.StoreView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.randomness;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Every step of a replacement fails in every way: the old content or the new is there, and a repeat arrives. */
class FileSecretStoreFaultsTest {
    private static final List<String> STEPS = List.of("delete", "create", "grant", "sync", "rename", "syncDirectory");

    @TempDir
    Path temporary;

    private final FaultyDisk disk = new FaultyDisk();
    private Path folder;
    private KeyEncryptionKey key;
    private FileSecretStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("keys");
        key = KeyEncryptionKey.create(temporary.resolve("key-encryption-key"));
        store = FileSecretStore.open(folder, key, randomness(1), disk);
    }

    @AfterEach
    void close() {
        store.close();
        key.close();
    }

    private void restart() {
        disk.heal();
        store.close();
        store = FileSecretStore.open(folder, key, randomness(2), disk);
    }

    /** Version 1 current, version 2 staged, at revision 3. */
    private StoreView prepare() {
        store.stage(SEARCH, version(1), material(1), 0);
        store.promote(SEARCH, version(1), 1);
        return store.stage(SEARCH, version(2), material(2), 2);
    }

    @Test
    void replacement_withoutFaults_takesTheseSteps() {
        StoreView view = prepare();
        disk.heal();

        store.promote(SEARCH, version(2), view.revision());

        assertThat(disk.steps).isEqualTo(STEPS);
    }

    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void change_anyStepFails_leavesOldOrNewAndARepeatArrives(FaultyDisk.Fault fault) {
        StoreView old = prepare();
        for (int step = 0; step < STEPS.size(); step++) {
            disk.failAt(step, fault);
            Throwable failure = catchThrowable(() -> store.stage(SEARCH, version(3), material(3), old.revision()));

            assertOldOrNew(old, failure);
            restart();
            assertOldOrNew(old, failure);
            StoreView arrived = store.stage(SEARCH, version(3), material(3), old.revision());
            assertThat(arrived.held()).contains(version(1), version(2), version(3));
            assertThat(store.read(SEARCH, version(3))).isEqualTo(material(3));
            assertThat(unfinished()).isEmpty();

            startAgain();
        }
    }

    private void startAgain() {
        try {
            Files.delete(folder.resolve("search-production.json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        prepare();
    }

    private void assertOldOrNew(StoreView old, Throwable failure) {
        StoreView seen;
        try {
            seen = store.view(SEARCH);
        } catch (StoreException | FaultyDisk.Death e) {
            // It says that it does not know, which is allowed only until the restart.
            assertThat(failure).isNotNull();
            return;
        }
        boolean isNew = seen.held().contains(version(3));
        assertThat(seen.revision()).isEqualTo(isNew ? old.revision() + 1 : old.revision());
        assertThat(seen.current()).isEqualTo(old.current());
        for (int n = 1; n <= (isNew ? 3 : 2); n++) {
            KeyMaterial expected = material(n);
            assertThat(store.read(SEARCH, version(n))).isEqualTo(expected);
        }
        if (failure instanceof StoreException refused && refused.kind() == StoreFailure.Kind.UNAVAILABLE) {
            assertThat(isNew).as("unavailable means that nothing was changed").isFalse();
        }
        if (failure == null) {
            assertThat(isNew).as("success means that it was changed").isTrue();
        }
    }

    private List<Path> unfinished() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).endsWith(".tmp")).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void change_diskFull_isUnavailableWithTheWayOut() {
        StoreView old = prepare();
        disk.failAt(STEPS.indexOf("create"), FaultyDisk.Fault.TORN);

        StoreException failure = catchThrowableOfType(StoreException.class,
                () -> store.promote(SEARCH, version(2), old.revision()));

        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNAVAILABLE);
        assertThat(failure).hasMessage("cannot write " + folder.resolve("search-production.json")
                + ": No space left on device; free space on that file system");
        assertThat(unfinished()).isEmpty();
        assertThat(store.view(SEARCH)).isEqualTo(old);
    }

    @Test
    void change_folderNotSynced_isUnknownAndWrittenAgainBeforeAnythingIsTold() {
        StoreView old = prepare();
        disk.failAt(STEPS.indexOf("syncDirectory"), FaultyDisk.Fault.ERROR);
        StoreException failure = catchThrowableOfType(StoreException.class,
                () -> store.promote(SEARCH, version(2), old.revision()));
        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNKNOWN_OUTCOME);

        disk.failAt(STEPS.indexOf("syncDirectory"), FaultyDisk.Fault.ERROR);
        StoreException still = catchThrowableOfType(StoreException.class, () -> store.view(SEARCH));
        assertThat(still.kind()).isEqualTo(StoreFailure.Kind.UNKNOWN_OUTCOME);

        disk.heal();
        assertThat(store.view(SEARCH).current()).contains(version(2));
        assertThat(disk.steps).isEqualTo(STEPS);
        disk.heal();
        assertThat(store.view(SEARCH).current()).contains(version(2));
        assertThat(disk.steps).isEmpty();
    }
}
