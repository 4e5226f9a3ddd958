package io.keywane.alert;

import io.keywane.key.KeyName;
import io.keywane.key.Moment;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** What is not as it should be with the keys, and is no alert, since it can wait until somebody looks. */
public final class Findings {
    private Findings() {}

    /** The closed list of what is looked for. */
    public enum Kind {
        SAME_VALUE("same-value"),
        UNUSED("unused"),
        PAST_ITS_AGE("past-its-age"),
        WRONG_ENVIRONMENT("wrong-environment");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * One finding.
     *
     * @param sentence what is the case
     * @param command what to type next
     */
    public record Finding(Kind kind, KeyName key, String sentence, String command) {
        public Finding {
            requireNonNull(kind, "kind is null");
            requireNonNull(key, "key is null");
            requireNonNull(sentence, "sentence is null");
            requireNonNull(command, "command is null");
        }
    }

    /**
     * One key as it is looked at.
     *
     * @param environment what it is for, as configured; empty text where that is not said
     * @param maxAge the age at which it is to be rotated
     * @param quietSince how long it has been observed without any use; empty where it is used, or not known to be idle
     */
    public record Subject(
            KeyState state, String environment, Optional<Duration> maxAge, Optional<Duration> quietSince) {
        public Subject {
            requireNonNull(state, "state is null");
            requireNonNull(environment, "environment is null");
            requireNonNull(maxAge, "maxAge is null");
            requireNonNull(quietSince, "quietSince is null");
        }
    }

    /** All findings, key by key. */
    public static List<Finding> of(List<Subject> subjects, Duration unusedAfter, Moment now) {
        List<Finding> findings = new ArrayList<>();
        for (Subject subject : subjects) {
            Optional<KeyVersion> current = subject.state().current();
            if (current.isEmpty()) {
                continue;
            }
            sameValue(subject, current.get(), subjects).ifPresent(findings::add);
            unused(subject, unusedAfter).ifPresent(findings::add);
            pastItsAge(subject, current.get(), now).ifPresent(findings::add);
            wrongEnvironment(subject, current.get()).ifPresent(findings::add);
        }
        return List.copyOf(findings);
    }

    private static Optional<Finding> sameValue(Subject subject, KeyVersion current, List<Subject> all) {
        return all.stream().map(Subject::state).filter(other -> !other.key().equals(subject.state().key()))
                .filter(other -> other.current().filter(v -> v.fingerprint().equals(current.fingerprint())).isPresent())
                .findFirst().map(other -> finding(Kind.SAME_VALUE, subject, "has the same value as " + other.key()
                        + ": what happens to one happens to both, and neither can be rotated alone",
                        "keywane rotation start " + subject.state().key()));
    }

    private static Optional<Finding> unused(Subject subject, Duration unusedAfter) {
        return subject.quietSince().filter(quiet -> quiet.compareTo(unusedAfter) >= 0)
                .map(quiet -> finding(Kind.UNUSED, subject, "was used by nobody for " + quiet.toDays()
                        + " days or more: consider revoking it in the vendor's dashboard",
                        "keywane usage " + subject.state().key() + " --since " + quiet.toDays() + "d"));
    }

    private static Optional<Finding> pastItsAge(Subject subject, KeyVersion current, Moment now) {
        Duration age = Duration.between(current.takenIn().wall(), now.wall());
        return subject.maxAge().filter(most -> age.compareTo(most) > 0)
                .map(most -> finding(Kind.PAST_ITS_AGE, subject, "was taken in " + age.toDays()
                        + " days ago, and is to be replaced after " + most.toDays(),
                        "keywane rotation start " + subject.state().key()));
    }

    private static Optional<Finding> wrongEnvironment(Subject subject, KeyVersion current) {
        return current.environment().filter(named -> !subject.environment().isEmpty())
                .filter(named -> !named.equals(subject.environment()))
                .map(named -> finding(Kind.WRONG_ENVIRONMENT, subject, "is for " + subject.environment()
                        + " by the configuration, but its prefix says " + named,
                        "keywane keys show " + subject.state().key()));
    }

    private static Finding finding(Kind kind, Subject subject, String sentence, String command) {
        return new Finding(kind, subject.state().key(), sentence, command);
    }
}
