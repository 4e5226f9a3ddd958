package io.keywane.engine.sim;

import io.keywane.engine.EvidenceStore;
import io.keywane.engine.History;
import io.keywane.engine.KeptEvidence;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.ProbeLedger;
import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.key.VersionId;
import io.keywane.usage.OwnRequest;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WalletReading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ledger, history and evidence behind their transactions. What was not flushed is lost when the process dies. */
final class RecordsModel implements History, ProbeLedger, EvidenceStore {
    private final CrashPoints crash;
    private final Weather weather;
    private final Map<VersionId, Map<String, OwnRequest>> ledger = new HashMap<>();
    private final Set<String> journalled = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<VersionId, List<Sample>> samples = new HashMap<>();
    private final Map<KeyName, List<UsagePoint>> points = new HashMap<>();
    private final List<WalletReading> wallet = new ArrayList<>();
    private final List<Runnable> batch = new ArrayList<>();
    private final List<KeptEvidence> kept = new ArrayList<>();
    private final Map<String, byte[]> files = new HashMap<>();

    RecordsModel(CrashPoints crash, Weather weather) {
        this.crash = crash;
        this.weather = weather;
    }

    private void requireDisk(String what) {
        if (weather.strikes(Fault.DISK_FULL)) {
            throw new PersistenceException(what + ": the disk is full", new IllegalStateException("simulated"));
        }
    }

    /** Whether a request stands in the ledger, or could not be written there, so that its answer proves nothing. */
    boolean isJournalled(String id) {
        return journalled.contains(id) || refused.contains(id);
    }

    @Override
    public void open(OwnRequest entry) {
        crash.before(Effect.LEDGER_OPEN);
        refused.add(entry.id());
        requireDisk("ledger");
        refused.remove(entry.id());
        journalled.add(entry.id());
        put(entry);
        crash.after(Effect.LEDGER_OPEN);
    }

    private void put(OwnRequest entry) {
        ledger.computeIfAbsent(entry.version(), _ -> new LinkedHashMap<>()).put(entry.id(), entry);
    }

    @Override
    public void settle(OwnRequest entry) {
        crash.before(Effect.LEDGER_SETTLE);
        requireDisk("ledger");
        put(entry);
        crash.after(Effect.LEDGER_SETTLE);
    }

    @Override
    public List<OwnRequest> since(VersionId version, Instant from) {
        return ledger.getOrDefault(version, Map.of()).values().stream().filter(e -> !e.sent().wall().isBefore(from))
                .sorted(Comparator.comparing(e -> e.sent().wall())).toList();
    }

    @Override
    public void record(KeyName key, Sample sample) {
        batch.add(() -> samples.computeIfAbsent(sample.version(), _ -> new ArrayList<>()).add(sample));
    }

    @Override
    public void record(KeyName key, UsagePoint point) {
        batch.add(() -> points.computeIfAbsent(key, _ -> new ArrayList<>()).add(point));
    }

    @Override
    public void record(OrganisationName organisation, WalletReading reading) {
        batch.add(() -> wallet.add(reading));
    }

    @Override
    public void flush() {
        if (batch.isEmpty()) {
            return;
        }
        crash.before(Effect.FLUSH);
        requireDisk("history");
        if (weather.strikes(Fault.FLUSH_FAILS)) {
            throw new PersistenceException("history: busy", new IllegalStateException("simulated"));
        }
        batch.forEach(Runnable::run);
        batch.clear();
        crash.after(Effect.FLUSH);
    }

    /** The process died: what was batched is gone. */
    void lose() {
        batch.clear();
    }

    @Override
    public List<Sample> samples(VersionId version, Instant from) {
        return samples.getOrDefault(version, List.of()).stream().filter(s -> !s.received().wall().isBefore(from))
                .sorted(Comparator.comparing(s -> s.received().wall())).toList();
    }

    @Override
    public void rejudge(KeyName key, List<UsagePoint> judged) {
        if (judged.isEmpty()) {
            return;
        }
        flush();
        List<UsagePoint> all = points.computeIfAbsent(key, _ -> new ArrayList<>());
        all.removeIf(p -> p.version().equals(judged.getFirst().version())
                && !p.at().wall().isBefore(judged.getFirst().at().wall())
                && !p.at().wall().isAfter(judged.getLast().at().wall()));
        all.addAll(judged);
    }

    @Override
    public List<UsagePoint> usage(KeyName key, Instant from) {
        return points.getOrDefault(key, List.of()).stream().filter(p -> !p.at().wall().isBefore(from)).toList();
    }

    @Override
    public List<WalletReading> wallet(OrganisationName organisation, Instant from) {
        return wallet.stream().filter(r -> !r.at().wall().isBefore(from)).toList();
    }

    @Override
    public void prune(Instant before, List<VersionId> unresolved) {
        kept.removeIf(k -> k.made().isBefore(before) && !unresolved.contains(k.version()));
    }

    @Override
    public void keep(KeptEvidence evidence, byte[] file) {
        crash.before(Effect.EVIDENCE);
        requireDisk("evidence");
        kept.add(evidence);
        files.put(evidence.digest(), file.clone());
        crash.after(Effect.EVIDENCE);
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
}
