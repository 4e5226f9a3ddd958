package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Parity;
import io.keywane.usage.LimitComparison;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.ProbeKind;
import io.keywane.usage.ProbeOutcome;
import io.keywane.usage.Sample;
import io.keywane.usage.WindowModel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares a new key with the one it is to replace: environment, endpoints that the plan allows, limits, and the wallet,
 * whose balance by the new key must lie between two readings by the old one. Only proof of difference counts against it.
 * It asks within the probe budget and never out of what is left to consumers; what cannot be asked then is unknown.
 */
final class ParityCheck {
    /** Where a boot lies between, nobody knows how long it took. */
    private static final Duration LONG_AGO = Duration.ofDays(365);

    private static final String NO_ROOM = "the probe budget has no room";

    private final Prober prober;
    private final ProviderProfile profile;
    private final Schedule schedule;
    private final Fleet fleet;
    private final HostClock clock;

    ParityCheck(Prober prober, ProviderProfile profile, Schedule schedule, Fleet fleet, HostClock clock) {
        this.prober = prober;
        this.profile = profile;
        this.schedule = schedule;
        this.fleet = fleet;
        this.clock = clock;
    }

    Parity compare(KeyWatcher watcher, VersionId candidate) {
        KeyState state = watcher.state();
        List<String> differences = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Optional<KeyVersion> old = state.current();
        if (old.isEmpty()) {
            return new Parity(List.of(), List.of("there is no old key to compare with"));
        }
        environment(old.get(), state.version(candidate).orElseThrow(), differences, unknown);
        for (LimiterGroup group : schedule.groups()) {
            endpoints(watcher, old.get(), candidate, group, differences, unknown);
        }
        wallet(watcher, old.get(), candidate, differences, unknown);
        return new Parity(differences, unknown);
    }

    private static void environment(KeyVersion old, KeyVersion next, List<String> differences, List<String> unknown) {
        if (old.environment().isEmpty() || next.environment().isEmpty()) {
            unknown.add("environment: a key's shape names none");
            return;
        }
        if (!old.environment().equals(next.environment())) {
            differences.add("environment: " + old.environment().get() + " and " + next.environment().get());
        }
    }

    private void endpoints(
            KeyWatcher watcher,
            KeyVersion old,
            VersionId candidate,
            LimiterGroup group,
            List<String> differences,
            List<String> unknown) {
        Optional<Sample> first = ask(watcher, old.id(), group, ProbeKind.LIVENESS);
        Optional<Sample> second = first.flatMap(_ -> ask(watcher, candidate, group, ProbeKind.LIVENESS));
        if (first.isEmpty() || second.isEmpty()) {
            unknown.add("plan and limits: " + group + ": " + NO_ROOM);
            return;
        }
        limits(watcher, candidate, first.get(), second.get(), differences, unknown);
        ProbeOutcome before = first.get().outcome();
        ProbeOutcome after = second.get().outcome();
        boolean known = isConclusive(before) && isConclusive(after);
        if (!known) {
            unknown.add("plan: the " + group + " endpoints gave no comparable answers");
            return;
        }
        if (before != after) {
            differences.add("plan: the " + group + " endpoints answer " + before + " and " + after);
        }
    }

    private void limits(
            KeyWatcher watcher,
            VersionId candidate,
            Sample old,
            Sample next,
            List<String> differences,
            List<String> unknown) {
        Moment takenIn = watcher.state().version(candidate).orElseThrow().takenIn();
        Optional<Duration> age = clock.now().elapsedSince(takenIn);
        List<WindowModel> windows = watcher.read(old.version(), watch -> watch.windows(old.group())).orElse(List.of());
        LimitComparison comparison = LimitComparison.of(windows, old.headers(), next.headers(),
                age.orElse(LONG_AGO));
        String words = "limits: " + old.group() + ": " + comparison.words();
        switch (comparison.verdict()) {
            case SAME -> {
            }
            case DIFFERENT -> differences.add(words);
            case UNKNOWN -> unknown.add(words);
        }
    }

    private static boolean isConclusive(ProbeOutcome outcome) {
        return outcome == ProbeOutcome.VALID || outcome == ProbeOutcome.VALID_PLAN_LIMITED;
    }

    private void wallet(
            KeyWatcher watcher,
            KeyVersion old,
            VersionId candidate,
            List<String> differences,
            List<String> unknown) {
        LimiterGroup group = profile.balance().group();
        long cost = 3 * profile.balance().credits();
        OrganisationWatcher organisation = fleet.organisation(watcher.settings().organisation());
        if (!schedule.budget().allowsCredits(organisation.spent(clock.now()), cost)) {
            unknown.add("wallet: the probe budget of credits is used up");
            return;
        }
        Optional<Sample> one = ask(watcher, old.id(), group, ProbeKind.BALANCE);
        Optional<Sample> two = one.flatMap(_ -> ask(watcher, candidate, group, ProbeKind.BALANCE));
        Optional<Sample> three = two.flatMap(_ -> ask(watcher, old.id(), group, ProbeKind.BALANCE));
        if (three.isEmpty()) {
            unknown.add("wallet: " + NO_ROOM);
            return;
        }
        OptionalLong first = balance(one);
        OptionalLong between = balance(two);
        OptionalLong last = balance(three);
        if (first.isEmpty() || between.isEmpty() || last.isEmpty()) {
            unknown.add("wallet: a balance was not to be seen");
            return;
        }
        long seen = between.getAsLong();
        if (last.getAsLong() > first.getAsLong()) {
            unknown.add("wallet: it was topped up while it was compared");
            return;
        }
        boolean same = seen <= first.getAsLong() && seen >= last.getAsLong();
        if (!same) {
            differences.add("wallet: the new key shows " + seen + " credits, the old one " + first.getAsLong()
                    + " before and " + last.getAsLong() + " after");
        }
    }

    private static OptionalLong balance(Optional<Sample> sample) {
        return sample.map(s -> s.headers().balance()).orElse(OptionalLong.empty());
    }

    /** Empty where the budget has no room for it, or so little is left that a consumer could be refused for it. */
    private Optional<Sample> ask(KeyWatcher watcher, VersionId version, LimiterGroup group, ProbeKind kind) {
        return schedule.hasRoom(watcher, version, group, clock.now())
                ? Optional.of(prober.probe(watcher, version, group, kind))
                : Optional.empty();
    }
}
