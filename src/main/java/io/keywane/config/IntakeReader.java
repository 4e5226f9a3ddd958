package io.keywane.config;

import io.keywane.engine.IntakeSettings;
import io.keywane.engine.StoreReference;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code keys.*.intake}: one place from which a rotation takes its new key by itself. */
final class IntakeReader {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);
    private static final String WAY_OUT = "give one of candidate, file and exec";

    private IntakeReader() {}

    /**
     * Reads the section of a key.
     *
     * @param candidate reads the place in the key's store
     */
    static Field<Optional<IntakeSettings>> read(YamlSection key, CandidateReader candidate) {
        YamlSection section = key.section("intake");
        Field<StoreReference> place = candidate.read(section);
        Field<Path> file = section.path("file");
        Field<IntakeSettings> issuer = issuer(section);
        Field<Boolean> known = section.build(() -> true);
        if (!key.has("intake")) {
            return Field.of(Optional.empty());
        }
        long given = Stream.of("candidate", "file", "exec").filter(section::has).count();
        if (given != 1) {
            return key.reject("intake", given == 0 ? "names no place" : "names more than one place", WAY_OUT);
        }
        if (!known.isPresent()) {
            return Field.broken();
        }
        if (section.has("candidate")) {
            return place.map(IntakeSettings.Candidate::new).map(Optional::of);
        }
        return section.has("file")
                ? file.map(IntakeSettings.CandidateFile::new).map(Optional::of)
                : issuer.map(Optional::of);
    }

    /** Reads {@code candidate}. */
    @FunctionalInterface
    interface CandidateReader {
        Field<StoreReference> read(YamlSection intake);
    }

    private static Field<IntakeSettings> issuer(YamlSection intake) {
        YamlSection section = intake.section("exec");
        Field<List<String>> command = section.texts("command", text -> text);
        Field<Duration> timeout = section.duration("timeout").or(USUAL_TIMEOUT);
        if (!intake.has("exec")) {
            return Field.absent();
        }
        Field<List<String>> required = command.required();
        return section.build(() -> new IntakeSettings.Issuer(required.get(), timeout.get()));
    }
}
