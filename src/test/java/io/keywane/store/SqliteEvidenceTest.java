package io.keywane.store;

import io.keywane.engine.KeptEvidence;
import io.keywane.key.KeyName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static io.keywane.store.Samples.after;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

class SqliteEvidenceTest {
    private static final byte[] FILE = "{\"type\":\"claim\"}\n".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteEvidence evidence;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("keywane.db"));
        evidence = new SqliteEvidence(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static KeptEvidence kept(String digest, String key, int version, long drained) {
        return new KeptEvidence(digest, new KeyName(key), version(version), Optional.of("rotation-1"),
                after(drained).wall(), after(drained + 1).wall(), true, FILE.length);
    }

    @Test
    void bundle_kept_isThereAfterReopening() {
        evidence.keep(kept("a", "search", 1, 0), FILE);
        evidence.keep(kept("a", "search", 1, 0), FILE);
        close();
        open();

        assertThat(evidence.of(version(1), after(0).wall())).contains(kept("a", "search", 1, 0));
        assertThat(evidence.file("a").orElseThrow()).isEqualTo(FILE);
        assertThat(evidence.list(Optional.empty())).hasSize(1);
    }

    @Test
    void bundle_ofAnotherDrainOrVersion_isAnother() {
        evidence.keep(kept("a", "search", 1, 0), FILE);

        assertThat(evidence.of(version(1), after(9).wall())).isEmpty();
        assertThat(evidence.of(version(2), after(0).wall())).isEmpty();
        assertThat(evidence.file("b")).isEmpty();
    }

    @Test
    void list_ofOneKey_isInTheOrderOfTime() {
        evidence.keep(kept("b", "search", 1, 10), FILE);
        evidence.keep(kept("a", "search", 2, 0), FILE);
        evidence.keep(kept("c", "other", 3, 0), FILE);

        assertThat(evidence.list(Optional.of(new KeyName("search")))).extracting(KeptEvidence::digest)
                .containsExactly("a", "b");
    }

    @Test
    void prune_keepsWhatIsYoungOrStillToBeRevoked() {
        evidence.keep(kept("old", "search", 1, 0), FILE);
        evidence.keep(kept("pending", "search", 2, 0), FILE);
        evidence.keep(kept("young", "search", 3, 100), FILE);

        evidence.prune(after(50).wall(), List.of(version(2)));

        assertThat(evidence.list(Optional.empty())).extracting(KeptEvidence::digest)
                .containsExactlyInAnyOrder("pending", "young");
    }
}
