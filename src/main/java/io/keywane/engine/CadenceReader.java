package io.keywane.engine;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyVersion;
import io.keywane.usage.Cadence;
import io.keywane.usage.CadenceBuilder;
import io.keywane.usage.LimiterGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Learns from history how a managed key was used before a version was replaced: once for each version, read day by day, so
 * that weeks of history never lie in memory.
 */
final class CadenceReader {
    private static final Logger LOG = LoggerFactory.getLogger(CadenceReader.class);
    private static final Duration PAGE = Duration.ofDays(1);

    private final History history;
    private final Collection<LimiterGroup> groups;
    private final Map<KeyName, Map<VersionId, Learnt>> learnt = new ConcurrentHashMap<>();

    private record Learnt(Instant replaced, Cadence cadence) {}

    CadenceReader(History history, Collection<LimiterGroup> groups) {
        this.history = history;
        this.groups = groups;
    }

    /**
     * How the key was used up to the replacement of a version, or up to a moment thereafter at which that was first asked;
     * unknown while history cannot be read.
     */
    Cadence before(KeyWatcher watcher, KeyVersion version, Moment replaced) {
        Map<VersionId, Learnt> ofKey = learnt.computeIfAbsent(watcher.name, name -> new ConcurrentHashMap<>());
        ofKey.keySet().retainAll(watcher.state().leaving().stream().map(KeyVersion::id).toList());
        Learnt known = ofKey.get(version.id());
        if (known != null && !replaced.wall().isBefore(known.replaced())) {
            return known.cadence();
        }
        try {
            Cadence cadence = read(watcher, replaced.wall());
            ofKey.put(version.id(), new Learnt(replaced.wall(), cadence));
            return cadence;
        } catch (PersistenceException e) {
            LOG.warn("cannot read how {} was used before: {}", watcher.name, e.getMessage());
            return Cadence.UNKNOWN;
        }
    }

    private Cadence read(KeyWatcher watcher, Instant end) {
        CadenceBuilder builder = new CadenceBuilder(groups);
        Instant from = end.minus(Cadence.LOOKED_AT);
        while (from.isBefore(end)) {
            Instant next = from.plus(PAGE).isBefore(end) ? from.plus(PAGE) : end;
            history.usage(watcher.name, from, next).forEach(builder::add);
            from = next;
        }
        return builder.build(end);
    }
}
