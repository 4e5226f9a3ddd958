package io.keywane.engine;

import io.keywane.evidence.EvidenceBundle.Load;
import io.keywane.evidence.EvidenceBundle.Range;
import io.keywane.evidence.EvidenceBundle.Run;
import io.keywane.rotation.GroupEvidence;
import io.keywane.rotation.GroupSwitch;
import io.keywane.rotation.VersionEvidence;
import io.keywane.usage.GroupCadence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a bundle says of how the load of each group moved. */
final class EvidenceLoads {
    private static final Range NONE = new Range(0, 0);

    private EvidenceLoads() {}

    static List<Load> of(VersionEvidence seen) {
        return seen.groups().stream().map(group -> load(group, seen)).toList();
    }

    private static Load load(GroupEvidence group, VersionEvidence seen) {
        Optional<GroupCadence> before = seen.cadence().of(group.group());
        Optional<GroupSwitch> moved = seen.switchover().groups().stream()
                .filter(one -> one.group().equals(group.group())).findFirst();
        return new Load(group.group().value(), before.map(b -> EvidenceWriter.word(b.use())).orElse("never"),
                before.map(GroupCadence::longestGap).orElse(Duration.ZERO), group.returned(),
                moved.stream().flatMap(one -> one.runs().stream()).map(EvidenceLoads::run).toList(),
                moved.map(one -> new Range(one.expected().lo(), one.expected().hi())).orElse(NONE),
                moved.map(one -> new Range(one.carried().lo(), one.carried().hi())).orElse(NONE),
                moved.map(one -> new Range(one.left().lo(), one.left().hi())).orElse(NONE),
                moved.map(one -> one.carried().coverage()).orElse(0.0));
    }

    private static Run run(GroupSwitch.Run run) {
        return new Run(run.rhythm().words(), run.begin().orElse(null), run.expected(), run.carried());
    }
}
