package io.keywane.engine;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ledger and history in memory. Like the real one, history loses what was not flushed when the process dies. */
final class TestingHistory implements History, ProbeLedger {
    private final Map<String, OwnRequest> ledger = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<WalletReading> wallet = new ArrayList<>();
    private final List<UsagePoint> points = new ArrayList<>();
    private final List<Runnable> batch = new ArrayList<>();
    boolean ledgerFails;

    @Override
    public void open(OwnRequest entry) {
        if (ledgerFails) {
            throw new PersistenceException("the ledger fails", new IllegalStateException("asked for by the test"));
        }
        ledger.put(entry.id(), entry);
    }

    @Override
    public void settle(OwnRequest entry) {
        ledger.put(entry.id(), entry);
    }

    @Override
    public List<OwnRequest> since(VersionId version, Instant from) {
        return ledger.values().stream().filter(e -> e.version().equals(version) && !e.sent().wall().isBefore(from))
                .sorted(Comparator.comparing(e -> e.sent().wall())).toList();
    }

    @Override
    public void record(KeyName key, Sample sample) {
        batch.add(() -> samples.add(sample));
    }

    @Override
    public void record(KeyName key, UsagePoint point) {
        batch.add(() -> points.add(point));
    }

    @Override
    public void record(OrganisationName organisation, WalletReading reading) {
        batch.add(() -> wallet.add(reading));
    }

    @Override
    public void flush() {
        batch.forEach(Runnable::run);
        batch.clear();
    }

    /** The process died: what was batched is gone. */
    void lose() {
        batch.clear();
    }

    @Override
    public List<Sample> samples(VersionId version, Instant from) {
        return samples.stream().filter(s -> s.version().equals(version) && !s.received().wall().isBefore(from))
                .sorted(Comparator.comparing(s -> s.received().wall())).toList();
    }

    @Override
    public List<UsagePoint> usage(KeyName key, Instant from) {
        return points.stream().filter(p -> !p.at().wall().isBefore(from)).toList();
    }

    @Override
    public void rejudge(KeyName key, List<UsagePoint> judged) {
        if (judged.isEmpty()) {
            return;
        }
        flush();
        points.removeIf(p -> p.version().equals(judged.getFirst().version())
                && !p.at().wall().isBefore(judged.getFirst().at().wall())
                && !p.at().wall().isAfter(judged.getLast().at().wall()));
        points.addAll(judged);
        points.sort(Comparator.comparing(p -> p.at().wall()));
    }

    @Override
    public List<WalletReading> wallet(OrganisationName organisation, Instant from) {
        return wallet.stream().filter(r -> !r.at().wall().isBefore(from)).toList();
    }

    @Override
    public void prune(Instant before, List<VersionId> unresolved) {
        samples.removeIf(s -> s.received().wall().isBefore(before) && !unresolved.contains(s.version()));
    }
}
