package io.keywane.engine;

import io.keywane.evidence.EvidenceBundle;
import io.keywane.evidence.EvidenceBundle.Basis;
import io.keywane.evidence.EvidenceCheck;
import io.keywane.evidence.EvidenceFile;
import io.keywane.evidence.Finding;
import io.keywane.key.Moment;
import io.keywane.rotation.Evidence;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Rotation;

import java.util.Optional;

/**
 * Keeps what a flag rests on, once for each time that a version is found drained. A bundle is kept only if it holds when it
 * is checked as a stranger would check it: two separate pieces of code must agree before a person is told to revoke a key.
 */
final class FlagEvidence {
    private final Ports ports;

    FlagEvidence(Ports ports) {
        this.ports = ports;
    }

    /** The digest of the bundle for a drained version; empty where none is kept. */
    static Optional<String> kept(Ports ports, KeyVersion version) {
        return ports.evidence().of(version.id(), version.since().wall()).map(KeptEvidence::digest);
    }

    /**
     * Keeps a bundle for a drained version, unless there is one already.
     *
     * @return its digest
     * @throws PersistenceException if what it consists of cannot be read, or it cannot be written
     * @throws NoEvidenceException if what is known does not show what the flag claims
     */
    String keep(KeyWatcher watcher, KeyVersion version, Evidence evidence, Moment now) {
        Optional<String> known = kept(ports, version);
        if (known.isPresent()) {
            return known.get();
        }
        EvidenceWriter writer = new EvidenceWriter(ports, watcher, version, evidence, now);
        EvidenceBundle bundle = writer.whole().filter(whole -> fault(whole).isEmpty()).orElseGet(writer::brief);
        fault(bundle).ifPresent(finding -> {
            throw new NoEvidenceException("the evidence for version " + version.id().brief() + " of " + watcher.name
                    + " does not hold when it is checked: " + finding.subject() + ": " + finding.text());
        });
        byte[] file = EvidenceFile.write(bundle);
        String digest = EvidenceFile.digest(file);
        ports.evidence().keep(new KeptEvidence(digest, watcher.name, version.id(), rotation(watcher.state(), version),
                version.since().wall(), now.wall(), bundle.claim().basis() == Basis.PROVEN, file.length), file);
        return digest;
    }

    private static Optional<Finding> fault(EvidenceBundle bundle) {
        return EvidenceCheck.run(bundle).stream().filter(finding -> !finding.good()).findFirst();
    }

    /** The rotation that a version left by. */
    static Optional<String> rotation(KeyState state, KeyVersion version) {
        return state.rotation().filter(rotation -> rotation.concerns(version.id())).map(Rotation::id);
    }
}
