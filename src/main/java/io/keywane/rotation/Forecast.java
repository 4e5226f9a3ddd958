package io.keywane.rotation;

import io.keywane.key.Stage;
import io.keywane.key.VersionId;

import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What would follow from a change at once, found by deciding as the runner does; nothing is done by it. Whatever has to
 * be waited for ends it.
 *
 * @param before the state that it begins with
 * @param served the version that consumers read at its beginning, as far as the store could be seen
 * @param last the state that it ends in, whose rotation says what is waited for
 * @param servedLast the version that consumers would read at its end
 * @param events what would happen, in order
 */
public record Forecast(
        KeyState before,
        Optional<VersionId> served,
        KeyState last,
        Optional<VersionId> servedLast,
        List<Event> events) {
    public Forecast {
        requireNonNull(before, "before is null");
        requireNonNull(served, "served is null");
        requireNonNull(last, "last is null");
        requireNonNull(servedLast, "servedLast is null");
        events = List.copyOf(events);
    }

    /** One thing that would happen. */
    public sealed interface Event {
        /**
         * The rotation takes an edge of {@link Transitions}.
         *
         * @param from empty where it is opened
         */
        record Turn(Optional<RotationState> from, RotationState to, Reason reason) implements Event {
            public Turn {
                requireNonNull(from, "from is null");
                requireNonNull(to, "to is null");
                requireNonNull(reason, "reason is null");
            }
        }

        /** The rotation stays where it is, with something noted on it. */
        record Noted(Note note) implements Event {
            public Noted {
                requireNonNull(note, "note is null");
            }
        }

        /**
         * A version takes an edge of {@link Transitions}.
         *
         * @param from empty where it is taken in
         */
        record VersionTurn(VersionId version, Optional<Stage> from, Stage to, Reason reason) implements Event {
            public VersionTurn {
                requireNonNull(version, "version is null");
                requireNonNull(from, "from is null");
                requireNonNull(to, "to is null");
                requireNonNull(reason, "reason is null");
            }
        }

        /** A value is taken into the store's custody; consumers do not read it. */
        record Stored(VersionId version) implements Event {
            public Stored {
                requireNonNull(version, "version is null");
            }
        }

        /** An effect on the store, on what is published, or on the kept evidence. */
        record Effect(Action action) implements Event {
            public Effect {
                requireNonNull(action, "action is null");
            }
        }

        /** The API is asked, and all that comes after rests on this answer. */
        record Presumed(VersionId version, Acceptance acceptance) implements Event {
            public Presumed {
                requireNonNull(version, "version is null");
                requireNonNull(acceptance, "acceptance is null");
            }
        }
    }

    /** What an operator may note on a rotation without moving it. */
    public enum Note {
        APPROVED("the promotion is approved"),
        PAUSED("it is paused"),
        UNPAUSED("it goes on"),
        ROLLBACK_ASKED("the former key is asked back"),
        ROLLBACK_DROPPED("the rollback is given up"),
        URGENT("it becomes urgent: it waits neither for approval nor for a window"),
        WAIVED("a missing proof is accepted by name");

        private final String sentence;

        Note(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }
}
