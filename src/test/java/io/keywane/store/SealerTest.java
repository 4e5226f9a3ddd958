package io.keywane.store;

import io.keywane.key.KeyMaterial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.randomness;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

class SealerTest {
    private static final Path FILE = Path.of("keys", "search-production.json");

    @TempDir
    Path temporary;

    private Sealer sealer;

    @BeforeEach
    void open() {
        sealer = new Sealer(KeyEncryptionKey.create(temporary.resolve("one")), randomness(1));
    }

    private SealedKey sealed() {
        return sealer.seal(FILE, SEARCH, version(1), material(1));
    }

    @Test
    void open_inItsOwnPlace_givesTheValue() {
        assertThat(sealer.open(FILE, SEARCH, version(1), sealed())).contains(material(1));
    }

    @Test
    void open_movedToAnotherKey_isRefused() {
        assertThat(sealer.open(FILE, FEED, version(1), sealed())).isEmpty();
    }

    @Test
    void open_movedToAnotherVersion_isRefused() {
        assertThat(sealer.open(FILE, SEARCH, version(2), sealed())).isEmpty();
    }

    @Test
    void open_movedToAnotherFile_isRefused() {
        assertThat(sealer.open(Path.of("keys", "feed-production.json"), SEARCH, version(1), sealed())).isEmpty();
    }

    @Test
    void open_underAnotherKeyEncryptionKey_isRefused() {
        SealedKey value = sealed();
        Sealer other = new Sealer(KeyEncryptionKey.create(temporary.resolve("two")), randomness(1));

        assertThat(other.open(FILE, SEARCH, version(1), value)).isEmpty();
        assertThat(other.identity()).isNotEqualTo(sealer.identity());
    }

    @Test
    void open_garbage_isRefused() {
        assertThat(sealer.open(FILE, SEARCH, version(1), new SealedKey("!", "!"))).isEmpty();
        assertThat(sealer.open(FILE, SEARCH, version(1), new SealedKey("", ""))).isEmpty();
        assertThat(sealer.open(FILE, SEARCH, version(1), new SealedKey("AAAA", "AAAA"))).isEmpty();
    }

    @Test
    void seal_sameValueAgain_neverRepeatsANonce() {
        Set<String> nonces = new HashSet<>();
        Set<String> ciphertexts = new HashSet<>();
        KeyMaterial material = material(1);
        for (int i = 0; i < 1_000; i++) {
            SealedKey value = sealer.seal(FILE, SEARCH, version(1), material);
            nonces.add(value.nonce());
            ciphertexts.add(value.sealed());
        }

        assertThat(nonces).hasSize(1_000);
        assertThat(ciphertexts).hasSize(1_000);
    }
}
