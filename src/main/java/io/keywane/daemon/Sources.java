package io.keywane.daemon;

import io.keywane.engine.IntakeSettings;
import io.keywane.engine.KeySettings;
import io.keywane.engine.KeySource;
import io.keywane.engine.StoreName;
import io.keywane.key.KeyName;
import io.keywane.store.CandidateFiles;
import io.keywane.store.CandidatePlaces;
import io.keywane.store.ProcessIssuer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/**
 * Where new keys come from as each key's settings say; every key is made known to the log's mask before anybody can log
 * it.
 *
 * @param keys the settings in use
 * @param places the stores that have candidate places
 */
record Sources(
        Function<KeyName, Optional<KeySettings>> keys,
        Map<StoreName, CandidatePlaces> places,
        LiveKeyMask mask) implements KeySource {
    Sources {
        requireNonNull(keys, "keys is null");
        places = Map.copyOf(places);
        requireNonNull(mask, "mask is null");
    }

    @Override
    public Answer ask(KeyName key, String requestId) {
        Answer answer = keys.apply(key).flatMap(KeySettings::intake).map(intake -> ask(intake, key, requestId))
                .orElseGet(() -> NONE.ask(key, requestId));
        if (answer instanceof Answer.Found found) {
            mask.register(found.material());
        }
        return answer;
    }

    private Answer ask(IntakeSettings intake, KeyName key, String requestId) {
        return switch (intake) {
            case IntakeSettings.Candidate candidate -> Optional.ofNullable(places.get(candidate.place().store()))
                    .orElseThrow(() -> new IllegalStateException(
                            "store " + candidate.place().store() + " of key " + key + " was not opened"))
                    .candidate(key, candidate.place());
            case IntakeSettings.CandidateFile candidate -> CandidateFiles.read(candidate.file());
            case IntakeSettings.Issuer issuer ->
                new ProcessIssuer(mask::register, mask::mask).issue(issuer, key, requestId);
        };
    }
}
