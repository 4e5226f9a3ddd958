package io.keywane.store;

import io.keywane.engine.PersistenceException;
import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreFinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.randomness;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileSecretStoreTest extends SecretStoreContract {
    @TempDir
    Path temporary;

    private Path folder;
    private KeyEncryptionKey key;
    private FileSecretStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("keys");
        key = KeyEncryptionKey.create(temporary.resolve("key-encryption-key"));
        store = FileSecretStore.open(folder, key, randomness(1));
    }

    @AfterEach
    void close() {
        store.close();
        key.close();
    }

    @Override
    SecretStore store() {
        return store;
    }

    private void reopen() {
        store.close();
        store = FileSecretStore.open(folder, key, randomness(2));
    }

    private Path file() {
        return folder.resolve("search-production.json");
    }

    @Test
    void store_reopened_holdsTheSame() {
        store.stage(SEARCH, version(1), material(1), 0);
        store.promote(SEARCH, version(1), 1);
        store.stage(SEARCH, version(2), material(2), 2);
        var before = store.mark(SEARCH, version(2), true, 3);

        reopen();

        assertThat(store.view(SEARCH)).isEqualTo(before);
        assertThat(store.read(SEARCH, version(1))).isEqualTo(material(1));
        assertThat(store.read(SEARCH, version(2))).isEqualTo(material(2));
    }

    @Test
    void files_areForTheirOwnerOnly() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);

        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(file())).isEqualTo("rw-------");
        assertThat(mode(folder.resolve(".lock"))).isEqualTo("rw-------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void open_folderForOthers_isRefusedWithTheCommand() throws IOException {
        store.close();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> FileSecretStore.open(folder, key, randomness(1)))
                .isInstanceOf(StoreException.class)
                .hasMessage(folder + " has mode 0750, so others may reach it: chmod 700 " + folder);
    }

    @Test
    void open_fileForOthers_isRefusedWithTheCommand() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        store.close();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> FileSecretStore.open(folder, key, randomness(1)))
                .hasMessage(file() + " has mode 0644, so others may reach it: chmod 600 " + file());
    }

    @Test
    void open_twice_isRefused() {
        assertThatThrownBy(() -> FileSecretStore.open(folder, key, randomness(1)))
                .isInstanceOf(PersistenceException.class).hasMessageContaining(folder.resolve(".lock").toString())
                .hasMessageContaining("systemctl status keywane");
    }

    @Test
    void open_afterACrash_sweepsUnfinishedFiles() throws IOException {
        store.close();
        Path unfinished = AtomicFile.temporary(file());
        Files.writeString(unfinished, "half");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));

        reopen();

        assertThat(unfinished).doesNotExist();
    }

    @Test
    void read_underAnotherKeyEncryptionKey_saysSo() {
        store.stage(SEARCH, version(1), material(1), 0);
        store.close();
        try (KeyEncryptionKey other = KeyEncryptionKey.create(temporary.resolve("other"))) {
            store = FileSecretStore.open(folder, other, randomness(1));
        }

        assertThatThrownBy(() -> store.read(SEARCH, version(1))).hasMessage("key file " + file()
                + " is sealed under another key-encryption key: put back the key-encryption key that it was written with");
    }

    @Test
    void read_newerFormat_isRefused() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        Files.writeString(file(), Files.readString(file()).replaceFirst("\"version\" : 1", "\"version\" : 2"));

        assertThatThrownBy(() -> store.view(SEARCH)).hasMessage("key file " + file()
                + " has format version 2, and this keywane knows 1: install the keywane that wrote it, or a newer one");
    }

    @Test
    void read_fileOfAnotherKey_isRefused() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        Files.copy(file(), folder.resolve("feed-production.json"));

        assertFails(StoreFailure.Kind.DAMAGED, () -> store.view(FEED));
    }

    @Test
    void read_currentChangedByHand_isRefused() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        store.stage(SEARCH, version(2), material(2), 1);
        store.promote(SEARCH, version(1), 2);
        String text = Files.readString(file());
        Files.writeString(file(), text.replace("\"current\" : \"" + version(1), "\"current\" : \"" + version(2)));

        assertThat(Files.readString(file())).isNotEqualTo(text);
        assertThatThrownBy(() -> store.view(SEARCH)).hasMessage("key file " + file()
                + " was changed by something other than keywane: restore it from a backup");
    }

    @Test
    void read_anyBitFlipped_neverGivesAnotherAnswer() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        var before = store.promote(SEARCH, version(1), 1);
        byte[] good = Files.readAllBytes(file());
        int refused = 0;
        for (int bit = 0; bit < 8 * good.length; bit += 3) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file(), bad);
            try {
                assertThat(store.view(SEARCH)).isEqualTo(before);
                assertThat(store.read(SEARCH, version(1))).isEqualTo(material(1));
            } catch (StoreException e) {
                assertThat(e.kind()).isEqualTo(StoreFailure.Kind.DAMAGED);
                refused++;
            }
        }

        // The rest are white space of the JSON.
        assertThat(refused).isGreaterThan(2 * good.length);
    }

    @Test
    void read_fileCutAnywhere_isDamaged() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        byte[] good = Files.readAllBytes(file());
        for (int length = 0; length < good.length - 1; length += 7) {
            Files.write(file(), Arrays.copyOf(good, length));
            assertFails(StoreFailure.Kind.DAMAGED, () -> store.view(SEARCH));
        }
    }

    @Test
    void view_folderGone_isUnavailableNotEmpty() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        Files.move(folder, temporary.resolve("elsewhere"));

        assertFails(StoreFailure.Kind.UNAVAILABLE, () -> store.view(SEARCH));
    }

    @Test
    void release_removesTheSealedBytes() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        store.stage(SEARCH, version(2), material(2), 1);
        store.promote(SEARCH, version(2), 2);
        int before = Files.readString(file()).split("\"sealed\"", -1).length;

        store.release(SEARCH, version(1), 3);

        assertThat(Files.readString(file()).split("\"sealed\"", -1).length).isEqualTo(before - 1);
        reopen();
        assertFails(StoreFailure.Kind.CONFLICT, () -> store.stage(SEARCH, version(1), material(1), 4));
    }

    @Test
    void inspect_privateFolderAndOpenableValues_isGood() {
        store.stage(SEARCH, version(1), material(1), 0);

        assertThat(store.inspect()).allMatch(found -> found.severity() == StoreFinding.Severity.OK)
                .extracting(StoreFinding::subject).containsExactly("store file", "key search-production");
    }

    @Test
    void inspect_fileThatOthersMayReach_isTooManyRights() throws IOException {
        store.stage(SEARCH, version(1), material(1), 0);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(problems()).singleElement().asString().startsWith("too many rights: " + file())
                .contains("chmod 600 " + file());
    }

    @Test
    void inspect_valueOfAnotherKeyEncryptionKey_isAProblemOfThatKeyOnly() throws IOException {
        store.stage(FEED, version(1), material(2), 0);
        store.close();
        try (KeyEncryptionKey other = KeyEncryptionKey.create(temporary.resolve("another-key"));
                FileSecretStore foreign = FileSecretStore.open(folder, other, randomness(3))) {
            foreign.stage(SEARCH, version(1), material(1), 0);
        }
        store = FileSecretStore.open(folder, key, randomness(2));

        assertThat(store.inspect()).filteredOn(found -> found.severity() == StoreFinding.Severity.PROBLEM)
                .singleElement().satisfies(found -> assertThat(found.subject()).isEqualTo("key search-production"));
    }

    private List<String> problems() {
        return store.inspect().stream().filter(found -> found.severity() == StoreFinding.Severity.PROBLEM)
                .map(StoreFinding::message).toList();
    }
}
