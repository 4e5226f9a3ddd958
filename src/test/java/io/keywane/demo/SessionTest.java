package io.keywane.demo;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

class SessionTest {
    private static final int TRIES = 20;
    private static final int FILES = 200;

    @Test
    void close_byTwoAtOnce_leavesNothingAndFailsForNeither() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < TRIES; i++) {
                Session session = Session.open(false);
                Path root = session.workspace().root();
                for (int file = 0; file < FILES; file++) {
                    Path folder = Files.createDirectories(root.resolve("folder-" + file % 20));
                    Files.createFile(folder.resolve("file-" + file));
                }
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> closing = new ArrayList<>();
                for (int n = 0; n < 2; n++) {
                    closing.add(threads.submit(() -> {
                        together.await();
                        session.close();
                        return null;
                    }));
                }
                for (Future<?> each : closing) {
                    each.get();
                }
                assertThat(root).doesNotExist();
            }
        }
    }
}
