package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bundles in memory. The process may die before and after one is kept, and keeping may fail. */
final class TestingEvidence implements EvidenceStore {
    private final Crash crash;
    private final List<KeptEvidence> kept = new ArrayList<>();
    private final Map<String, byte[]> files = new HashMap<>();
    boolean fails;

    TestingEvidence(Crash crash) {
        this.crash = crash;
    }

    @Override
    public void keep(KeptEvidence evidence, byte[] file) {
        crash.point("before evidence");
        if (fails) {
            throw new PersistenceException("the disk is full", new IllegalStateException("asked for by the test"));
        }
        kept.add(evidence);
        files.put(evidence.digest(), file.clone());
        crash.point("after evidence");
    }

    @Override
    public Optional<KeptEvidence> of(VersionId version, Instant drained) {
        return kept.stream().filter(k -> k.version().equals(version) && k.drained().equals(drained))
                .reduce((a, b) -> b);
    }

    @Override
    public List<KeptEvidence> list(Optional<KeyName> key) {
        return kept.stream().filter(k -> key.isEmpty() || key.get().equals(k.key())).toList();
    }

    @Override
    public Optional<byte[]> file(String digest) {
        return Optional.ofNullable(files.get(digest)).map(byte[]::clone);
    }

    @Override
    public void prune(Instant before, List<VersionId> unresolved) {
        kept.removeIf(k -> k.made().isBefore(before) && !unresolved.contains(k.version()));
    }
}
