package io.keywane.store;

import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.key.KeyMaterial;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.after;
import static io.keywane.store.Samples.line;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.randomness;
import static io.keywane.store.Samples.value;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

/** A planted key is looked for in every file that was written (I15). */
class CanaryTest {
    private static final int RUN = 8;
    private static final int PUBLIC_PREFIX = 12;

    @TempDir
    Path folder;

    @Test
    void key_throughStoreStateAndPublishing_standsOnlyInThePublishedFile() throws IOException {
        Path published = folder.resolve("published");
        KeyMaterial canary = material(1);
        try (KeyEncryptionKey key = KeyEncryptionKey.create(folder.resolve("kek"));
                FileSecretStore store = FileSecretStore.open(folder.resolve("keys"), key, randomness(1));
                SqliteDatabase database = SqliteDatabase.open(folder.resolve("keywane.db"))) {
            store.stage(SEARCH, version(1), canary, 0);
            store.promote(SEARCH, version(1), 1);
            new FilePublisher(published,
                    name -> Optional.of(new PublishSettings("search", Optional.empty(), Optional.empty())))
                    .publish(SEARCH, canary);
            KeyVersion version = KeyVersion.candidate(version(1), canary,
                    canary.fingerprint(key.derive("fingerprint")), Optional.of("dashboard"), after(0));
            new SqliteStateStore(database).commit(KeyState.empty(SEARCH).adding(version), List.of(),
                    List.of(line("rotation.supply")));

            assertThat(filesWith(value(1))).containsExactly(published.resolve("search"));
        }
        assertThat(filesWith(value(1))).containsExactly(published.resolve("search"));
    }

    private List<Path> filesWith(String canary) throws IOException {
        List<String> needles = needles(canary);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> containsAny(file, needles)).toList();
        }
    }

    /** Each run of the secret part, in clear and as hexadecimal, and the Base64 of the whole. */
    private static List<String> needles(String canary) {
        List<String> needles = new ArrayList<>();
        for (int start = PUBLIC_PREFIX; start + RUN <= canary.length(); start++) {
            String run = canary.substring(start, start + RUN);
            needles.add(run);
            needles.add(HexFormat.of().formatHex(run.getBytes(StandardCharsets.US_ASCII)));
        }
        needles.add(Base64.getEncoder().encodeToString(canary.getBytes(StandardCharsets.US_ASCII)).substring(0, 40));
        return needles;
    }

    private static boolean containsAny(Path file, List<String> needles) {
        try {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return needles.stream().anyMatch(content::contains);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
