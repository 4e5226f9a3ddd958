package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.key.VersionId;
import io.keywane.rotation.Gates;
import io.keywane.rotation.GroupSwitch;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.RotationPolicy;
import io.keywane.rotation.SwitchEvidence;
import io.keywane.rotation.SwitchEvidence.Lately;
import io.keywane.rotation.VersionEvidence;
import io.keywane.usage.GroupCadence;
import io.keywane.usage.UseStep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks how the load moved from one leaving version to the current one. */
final class Switchover {
    private final KeyWatcher watcher;
    private final KeyState state;
    private final KeyVersion version;
    private final VersionEvidence evidence;
    private final Moment now;

    Switchover(KeyWatcher watcher, KeyState state, KeyVersion version, VersionEvidence evidence, Moment now) {
        this.watcher = watcher;
        this.state = state;
        this.version = version;
        this.evidence = evidence;
        this.now = now;
    }

    /** The evidence with the load of both versions in the time in which the old one is silent, else of late. */
    VersionEvidence seen() {
        RotationPolicy policy = watcher.settings().rotation();
        Optional<VersionId> current = state.current().map(KeyVersion::id);
        Optional<Moment> from = Gates.comparedFrom(state, version, evidence, policy, now);
        if (current.isEmpty() || from.isEmpty()) {
            return evidence;
        }
        Moment late = later(now.plus(policy.quiet().floor().negated()), from.get());
        return evidence.with(new SwitchEvidence(from, Optional.of(now), groups(current.get(), from.get()),
                lately(groups(current.get(), late), late)));
    }

    private List<GroupSwitch> groups(VersionId current, Moment from) {
        List<GroupSwitch> groups = new ArrayList<>();
        Moment propagated = Gates.propagated(state, version, evidence, watcher.settings().rotation(), now).orElse(from);
        for (GroupCadence before : evidence.cadence().groups()) {
            List<UseStep> steps = watcher.use(current, before.group(), from, now, now);
            List<UseStep> remains = watcher.use(version.id(), before.group(), propagated, now, now);
            groups.add(GroupSwitch.of(before, steps, remains, from, now));
        }
        return groups;
    }

    private Lately lately(List<GroupSwitch> groups, Moment from) {
        return new Lately(now.elapsedSince(from).orElse(Duration.ZERO),
                groups.stream().mapToDouble(group -> group.expected().hi()).sum(),
                groups.stream().mapToDouble(group -> group.carried().hi()).sum());
    }

    private Moment later(Moment a, Moment b) {
        return a.isNotBefore(b, now) ? a : b;
    }
}
