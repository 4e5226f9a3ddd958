package io.keywane.engine;

import io.keywane.engine.KeySettings.TellSettings;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** Port: tells consumers that a key was published, by the command that an operator configured. It may run twice. */
public interface ConsumerTeller {
    /** Where no command can be run. */
    ConsumerTeller NONE = new ConsumerTeller() {
        @Override
        public Optional<String> fault(TellSettings settings) {
            return Optional.of("no command is run here");
        }

        @Override
        public Told tell(TellSettings settings) {
            return new Told(Intent.Outcome.FAILED, "no command is run here");
        }
    };

    /** Why the command would not be run; empty where it may be. Runs nothing. */
    Optional<String> fault(TellSettings settings);

    /** Runs the command, for at most its time. */
    Told tell(TellSettings settings);

    /**
     * How a run ended.
     *
     * @param detail why it is no success; shows no key
     */
    record Told(Intent.Outcome outcome, String detail) {
        public Told {
            requireNonNull(outcome, "outcome is null");
            requireNonNull(detail, "detail is null");
        }
    }
}
