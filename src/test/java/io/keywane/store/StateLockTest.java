package io.keywane.store;

import io.keywane.engine.PersistenceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StateLockTest {
    @TempDir
    Path folder;

    @Test
    void acquire_heldByAnotherProcess_namesFileProcessAndCommand() throws Exception {
        Path file = folder.resolve("lock");
        Process holder = LockingProcess.start(LockingProcess.class, file);
        try {
            assertThat(LockingProcess.output(holder).readLine()).isEqualTo("locked");

            assertThatThrownBy(() -> StateLock.acquire(file)).isInstanceOf(PersistenceException.class)
                    .hasMessage(file.toRealPath() + " is in use by process " + holder.pid()
                            + ": only one keywane may work on this folder; see `systemctl status keywane`");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        StateLock.acquire(file).close();
    }

    @Test
    void acquire_againInThisProcess_isRefusedAndKeepsTheFirst() throws Exception {
        Path file = folder.resolve("lock");
        try (StateLock first = StateLock.acquire(file)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> StateLock.acquire(folder.resolve(".").resolve("lock")))
                    .isInstanceOf(PersistenceException.class).hasMessageContaining("by this process");

            Process second = LockingProcess.start(LockingProcess.class, file);
            try {
                assertThat(LockingProcess.output(second).readLine())
                        .contains("in use by process " + ProcessHandle.current().pid());
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void acquire_afterClose_succeeds() {
        Path file = folder.resolve("lock");
        StateLock.acquire(file).close();
        StateLock.acquire(file).close();

        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void acquire_withoutItsFolder_namesIt() {
        Path file = folder.resolve("absent").resolve("lock");

        assertThatThrownBy(() -> StateLock.acquire(file)).isInstanceOf(PersistenceException.class)
                .hasMessageContaining(file.toString());
    }
}
