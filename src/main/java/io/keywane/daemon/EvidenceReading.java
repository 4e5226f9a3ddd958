package io.keywane.daemon;

import io.keywane.control.Argument;
import io.keywane.control.ControlException;
import io.keywane.control.ControlRequest;
import io.keywane.control.EvidenceExport;
import io.keywane.control.EvidenceList;
import io.keywane.control.ExitCode;
import io.keywane.engine.EvidenceStore;
import io.keywane.engine.KeptEvidence;
import io.keywane.key.KeyName;

import java.util.List;
import java.util.Optional;

/** Lists and hands out bundles of evidence. */
final class EvidenceReading {
    private static final int LEAST_DIGITS = 8;

    private final EvidenceStore store;

    EvidenceReading(EvidenceStore store) {
        this.store = store;
    }

    EvidenceList list(ControlRequest request) {
        Optional<KeyName> key = request.text(Argument.KEY).map(_ -> request.key());
        return new EvidenceList(store.list(key).stream().map(EvidenceReading::bundle).toList());
    }

    /** The latest bundle of a key or rotation, or the one of a digest. */
    EvidenceExport export(ControlRequest request) {
        String name = request.text(Argument.BUNDLE).orElseThrow(() -> new ControlException(ExitCode.USAGE,
                request.verb().wireName() + " needs the argument bundle", ""));
        List<KeptEvidence> all = store.list(Optional.empty());
        KeptEvidence found = all.stream().filter(kept -> isMeant(kept, name)).reduce((a, b) -> b)
                .orElseThrow(() -> new ControlException(ExitCode.NOT_FOUND,
                        "no bundle of evidence belongs to a key, rotation or digest \"" + name + "\"",
                        "see `keywane evidence list`; a bundle is written when a key is flagged"));
        byte[] file = store.file(found.digest()).orElseThrow(() -> new ControlException(ExitCode.NOT_FOUND,
                "the bundle " + found.digest() + " is no longer kept", "see storage.evidence_retention"));
        return EvidenceExport.of(bundle(found), file);
    }

    private static boolean isMeant(KeptEvidence kept, String name) {
        return kept.key().value().equals(name) || kept.rotation().equals(Optional.of(name))
                || (name.length() >= LEAST_DIGITS && kept.digest().startsWith(name));
    }

    private static EvidenceList.Bundle bundle(KeptEvidence kept) {
        return new EvidenceList.Bundle(kept.key().value(), kept.version().brief(), kept.rotation(), kept.made(),
                kept.proven() ? "proven" : "waived", kept.size(), kept.digest());
    }
}
