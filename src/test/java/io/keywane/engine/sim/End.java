package io.keywane.engine.sim;

import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.StoreView;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where every run comes to when faults are over and people do what they are asked to: one key in use, all others gone. */
final class End {
    private End() {}

    static boolean isReached(Run run) {
        return missing(run).isEmpty();
    }

    /** What is missing of it; empty where it is reached. */
    static String missing(Run run) {
        for (KeyName key : run.keys()) {
            String missing = missing(run, key);
            if (!missing.isEmpty()) {
                return key + ": " + missing;
            }
        }
        return run.store.isSettled() ? "" : "requests are under way";
    }

    private static String missing(Run run, KeyName key) {
        KeyState state = run.database.load(key);
        if (state.openRotation().isPresent()) {
            return "rotation in " + state.openRotation().get().state() + " because of "
                    + state.openRotation().get().reason();
        }
        Optional<KeyVersion> current = state.current();
        if (current.isEmpty() || state.versions().size() < 2) {
            return "no rotation yet";
        }
        // A revoked key that is gone from the store, which an older state does not know, stays flagged for people.
        List<KeyVersion> leaving = state.leaving().stream().filter(v -> v.stage() != Stage.FLAGGED
                || run.store.truth(key).held().contains(v.id())).toList();
        if (!leaving.isEmpty()) {
            return "a version in " + leaving.getFirst().stage() + " since " + leaving.getFirst().reason();
        }
        if (!run.database.unresolvedIntents(key).isEmpty()) {
            return "nobody knows what became of " + run.database.unresolvedIntents(key).getFirst();
        }
        StoreView view = run.store.truth(key);
        boolean candidates = state.versions().stream()
                .anyMatch(v -> v.stage() == Stage.CANDIDATE && view.held().contains(v.id()));
        Optional<KeyMaterial> value = current.map(v -> run.promises.submitted.get(v.id()));
        boolean holdsOne = view.held().equals(Set.of(current.get().id())) && view.flagged().isEmpty();
        boolean isAccepted = value.filter(run.api::accepts).isPresent() && run.readable(key).equals(value);
        return candidates || !holdsOne || !isAccepted
                ? "the store holds " + view + ", accepted " + isAccepted
                : "";
    }
}
