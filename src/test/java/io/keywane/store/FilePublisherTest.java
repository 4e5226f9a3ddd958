package io.keywane.store;

import io.keywane.engine.KeySettings.PublishSettings;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyMaterial;
import io.keywane.rotation.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FilePublisherTest {
    @TempDir
    Path temporary;

    private final FaultyDisk disk = new FaultyDisk();

    private Path directory() {
        return temporary.resolve("published");
    }

    private FilePublisher publisher(PublishSettings how) {
        return new FilePublisher(directory(), key -> Optional.ofNullable(Map.of(SEARCH, how).get(key)), disk);
    }

    private FilePublisher bare() {
        return publisher(new PublishSettings("search/key", Optional.empty(), Optional.empty()));
    }

    private Path file() {
        return directory().resolve("search/key");
    }

    /** A group that this process may give files: any for root, else its own. */
    private String group() throws IOException {
        PosixFileAttributes ours = Files.readAttributes(temporary, PosixFileAttributes.class);
        return ours.owner().getName().equals("root") ? "daemon" : ours.group().getName();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void publish_bare_writesTheKeyAndNothingElse() throws IOException {
        bare().publish(SEARCH, material(1));

        assertThat(Files.readString(file())).isEqualTo(value(1));
        assertThat(mode(file())).isEqualTo("rw-r-----");
        assertThat(mode(directory().resolve("search"))).isEqualTo("rwxr-x---");
    }

    @Test
    void publish_withVariable_writesALineForEnvironmentFile() throws IOException {
        publisher(new PublishSettings("search.env", Optional.of("JOBO_API_KEY"), Optional.empty()))
                .publish(SEARCH, material(1));

        assertThat(Files.readString(directory().resolve("search.env"))).isEqualTo("JOBO_API_KEY=" + value(1) + "\n");
        assertThat(mode(directory())).isEqualTo("rwxr-x---");
    }

    @Test
    void publish_withVariable_isReadBackByAShellWhateverTheCharacters() throws Exception {
        StringBuilder all = new StringBuilder();
        for (char c = '!'; c <= '~'; c++) {
            all.append(c);
        }
        KeyMaterial odd = KeyMaterial.copyOf(all.toString().getBytes(StandardCharsets.US_ASCII));
        publisher(new PublishSettings("search.env", Optional.of("JOBO_API_KEY"), Optional.empty()))
                .publish(SEARCH, odd);

        Process shell = new ProcessBuilder("sh", "-c", ". ./search.env; printf %s \"$JOBO_API_KEY\"")
                .directory(directory().toFile()).start();
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(shell.waitFor()).isZero();
        assertThat(read).isEqualTo(all.toString());
    }

    @Test
    void publish_withGroup_givesItToFileAndFolder() throws IOException {
        publisher(new PublishSettings("search/key", Optional.empty(), Optional.of(group())))
                .publish(SEARCH, material(1));

        for (Path path : List.of(file(), directory().resolve("search"))) {
            assertThat(Files.readAttributes(path, PosixFileAttributes.class).group().getName()).isEqualTo(group());
        }
        assertThat(mode(directory())).isEqualTo("rwxr-x--x");
    }

    @Test
    void publish_setsModeAndGroupBeforeTheNameIsTaken() {
        bare().publish(SEARCH, material(1));
        disk.heal();

        bare().publish(SEARCH, material(2));

        assertThat(disk.steps).containsExactly("delete", "create", "grant", "sync", "rename", "syncDirectory");
    }

    @Test
    void publish_unknownGroup_namesItAndTheWayOut() {
        FilePublisher publisher = publisher(
                new PublishSettings("key", Optional.empty(), Optional.of("no-such-group")));
        StoreException failure = catchThrowableOfType(StoreException.class,
                () -> publisher.publish(SEARCH, material(1)));

        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("there is no group \"no-such-group\"; create the group");
        assertThat(publisher.compare(SEARCH, material(1))).isEqualTo(Publication.ABSENT);
    }

    @Test
    void compare_followsWhatConsumersRead() throws IOException {
        FilePublisher publisher = bare();
        assertThat(publisher.compare(FEED, material(1))).isEqualTo(Publication.NOT_CONFIGURED);
        assertThat(publisher.compare(SEARCH, material(1))).isEqualTo(Publication.ABSENT);

        publisher.publish(SEARCH, material(1));
        assertThat(publisher.compare(SEARCH, material(1))).isEqualTo(Publication.MATCHES);
        assertThat(publisher.compare(SEARCH, material(2))).isEqualTo(Publication.DIFFERS);

        Files.writeString(file(), value(1) + "\n");
        assertThat(publisher.compare(SEARCH, material(1))).isEqualTo(Publication.DIFFERS);
    }

    @Test
    void compare_rightValueWithAnotherMode_differsUntilPublishedAgain() throws IOException {
        FilePublisher publisher = bare();
        publisher.publish(SEARCH, material(1));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));

        assertThat(publisher.compare(SEARCH, material(1))).isEqualTo(Publication.DIFFERS);
        publisher.publish(SEARCH, material(1));
        assertThat(publisher.compare(SEARCH, material(1))).isEqualTo(Publication.MATCHES);
    }

    @Test
    void publish_keyWithoutSettings_isNotFound() {
        StoreException failure = catchThrowableOfType(StoreException.class,
                () -> bare().publish(FEED, material(1)));

        assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource(FaultyDisk.Fault.class)
    void publish_anyStepFails_readersSeeOldOrNewAndARepeatArrives(FaultyDisk.Fault fault) throws IOException {
        FilePublisher publisher = bare();
        for (int step = 0; step < 6; step++) {
            disk.heal();
            publisher.publish(SEARCH, material(1));
            disk.failAt(step, fault);

            Throwable failure = catchThrowable(() -> publisher.publish(SEARCH, material(2)));

            assertThat(Files.readString(file())).isIn(value(1), value(2));
            if (!(failure instanceof FaultyDisk.Death)) {
                assertThat(files()).as("no half-made copy of the key is left").containsExactly(file());
            }
            disk.heal();
            publisher.publish(SEARCH, material(2));
            assertThat(publisher.compare(SEARCH, material(2))).isEqualTo(Publication.MATCHES);
            assertThat(files()).containsExactly(file());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void publish_underAReader_neverShowsHalfAFile() throws Exception {
        FilePublisher publisher = bare();
        String other = "other-" + "x".repeat(400);
        KeyMaterial longer = KeyMaterial.copyOf(other.getBytes(StandardCharsets.US_ASCII));
        publisher.publish(SEARCH, longer);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        List<String> wrong = new CopyOnWriteArrayList<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                readOnce(other, wrong);
                reads.incrementAndGet();
            }
        });
        for (int i = 0; i < 200; i++) {
            publisher.publish(SEARCH, i % 2 == 0 ? material(1) : longer);
        }
        done.set(true);
        reader.join();

        assertThat(wrong).isEmpty();
        assertThat(reads.get()).isGreaterThan(200);
    }

    private void readOnce(String other, List<String> wrong) {
        try {
            String seen = Files.readString(file());
            if (!seen.equals(value(1)) && !seen.equals(other)) {
                wrong.add(seen);
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }
}
