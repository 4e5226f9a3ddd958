package io.keywane;

import io.keywane.control.Verb;
import org.awaitility.core.ConditionTimeoutException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A rotation of a key that is kept outside of the daemon's host, and that consumers read there. */
final class StoreRotation {
    static final Duration LONG = Duration.ofSeconds(150);
    private static final Duration USE_OF_THE_FIRST = Duration.ofSeconds(12);

    private StoreRotation() {}

    /** Puts the rig's key into a store of its configuration, instead of publishing it on the host. */
    static void configure(Rig rig, String place, String store) throws IOException {
        Path file = rig.folder().resolve("keywane.yaml");
        String text = Files.readString(file).replace("publish: {file: search}", "store: " + place);
        Files.writeString(file, text + "stores: " + store + "\n");
    }

    /** From the first key to the flag on it, with consumers that read the store; none of their requests is refused. */
    static void carryThrough(Rig rig, Consumers.Source source) throws Exception {
        rig.start();
        try {
            rotate(rig, source);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(rig.log(), e);
        }
    }

    private static void rotate(Rig rig, Consumers.Source source) throws Exception {
        Rig.NewKey first = rig.createKey("first");
        Rig.NewKey second = rig.createKey("second");
        rig.until("the first key to be taken in", LONG, () -> rig.importKey(first).key().equals(Rig.KEY));
        rig.until("the first key to be served", LONG, () -> serves(source, first));
        try (Consumers consumers = new Consumers(2, rig.sandbox().baseUrl(), source)) {
            Thread.sleep(USE_OF_THE_FIRST);
            rig.change(Verb.ROTATION_START);
            rig.until("the second key to be taken in", LONG, () -> rig.supplyKey(second).key().equals(Rig.KEY));
            rig.untilRotation("flagged", LONG);
            assertThat(consumers.requests()).isGreaterThan(100);
            assertThat(consumers.refused()).isZero();
        }
        assertThat(source.read()).isEqualTo(second.material().exposeString());
        assertThat(rig.folder().resolve("state/keys/search.json")).doesNotExist();
        assertThat(rig.log()).doesNotContain(second.material().exposeString());
    }

    private static boolean serves(Consumers.Source source, Rig.NewKey key) {
        try {
            return source.read().equals(key.material().exposeString());
        } catch (IOException _) {
            return false;
        }
    }
}
