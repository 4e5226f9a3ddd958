package io.keywane.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static java.util.Objects.requireNonNull;

/** Where the new key of an open rotation comes from without a person's command. */
public sealed interface IntakeSettings {
    /** The place in words, for status and messages. */
    String words();

    /**
     * A secret of its own beside the consumers', in the same store, into which a person or a pipeline puts the new key. It
     * is only read.
     */
    record Candidate(StoreReference place) implements IntakeSettings {
        public Candidate {
            requireNonNull(place, "place is null");
        }

        @Override
        public String words() {
            return "secret " + place.path() + place.field().map(field -> ", field " + field).orElse("") + " in store "
                    + place.store();
        }
    }

    /** A file on this host into which a person or a pipeline puts the new key. It is only read. */
    record CandidateFile(Path file) implements IntakeSettings {
        public CandidateFile {
            requireNonNull(file, "file is null");
            if (!file.isAbsolute()) {
                throw new IllegalArgumentException("file must be an absolute path");
            }
        }

        @Override
        public String words() {
            return "file " + file;
        }
    }

    /**
     * A command that makes a new key and prints it.
     *
     * @param command the program, as an absolute path, and its arguments; none of them a secret
     * @param timeout how long it may take; then it is killed
     */
    record Issuer(List<String> command, Duration timeout) implements IntakeSettings {
        private static final Duration LONGEST = Duration.ofMinutes(10);

        public Issuer {
            command = List.copyOf(command);
            requireNonNull(timeout, "timeout is null");
            if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
                throw new IllegalArgumentException("command must begin with the absolute path of a program");
            }
            if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout must be from 1s to 10m");
            }
        }

        @Override
        public String words() {
            return "issuer " + command.getFirst();
        }
    }
}
