package io.keywane.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A disk that can be told at which step to fail, and how. Reads succeed. */
final class FaultyDisk implements FileOperations {
    /** How a step fails. */
    enum Fault {
        /** The step reports an error and has done nothing. */
        ERROR,
        /** The step has happened and reports an error all the same. */
        ERROR_AFTERWARDS,
        /** The process dies before the step. */
        DEATH,
        /** The process dies after the step. */
        DEATH_AFTERWARDS,
        /** A write stops half-way with an error; other steps report an error. */
        TORN,
        /** A write leaves half of the bytes and reports success, as does a sync that does nothing; other steps work. */
        LIE
    }

    /** The process is gone. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private interface Step {
        void run() throws IOException;
    }

    private final FileOperations disk = new LinuxFileOperations();
    final List<String> steps = new ArrayList<>();
    private int failingStep = -1;
    private Fault fault = Fault.ERROR;
    private boolean dead;

    void failAt(int step, Fault how) {
        steps.clear();
        failingStep = step;
        fault = how;
    }

    void heal() {
        steps.clear();
        failingStep = -1;
        dead = false;
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        byte[] half = Arrays.copyOf(content, content.length / 2);
        step("create", () -> disk.create(file, content), () -> disk.create(file, half));
    }

    @Override
    public void grant(Path file, Set<PosixFilePermission> permissions, Optional<String> group) throws IOException {
        step("grant", () -> disk.grant(file, permissions, group), () -> {});
    }

    @Override
    public void sync(Path file) throws IOException {
        step("sync", () -> disk.sync(file), () -> {});
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename", () -> disk.rename(from, to), fault == Fault.LIE ? () -> disk.rename(from, to) : () -> {});
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        step("syncDirectory", () -> disk.syncDirectory(directory), () -> {});
    }

    @Override
    public void deleteIfExists(Path file) throws IOException {
        step("delete", () -> disk.deleteIfExists(file),
                fault == Fault.LIE ? () -> disk.deleteIfExists(file) : () -> {});
    }

    private void step(String name, Step whole, Step half) throws IOException {
        if (dead) {
            throw new Death();
        }
        steps.add(name);
        if (steps.size() - 1 != failingStep) {
            whole.run();
            return;
        }
        switch (fault) {
            case ERROR -> throw new IOException("No space left on device");
            case ERROR_AFTERWARDS -> {
                whole.run();
                throw new IOException("Input/output error");
            }
            case DEATH -> die();
            case DEATH_AFTERWARDS -> {
                whole.run();
                die();
            }
            case TORN -> {
                half.run();
                throw new IOException("No space left on device");
            }
            case LIE -> half.run();
        }
    }

    private void die() {
        dead = true;
        throw new Death();
    }
}
