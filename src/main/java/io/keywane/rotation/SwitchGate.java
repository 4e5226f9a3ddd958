package io.keywane.rotation;

import io.keywane.usage.GroupCadence;
import io.keywane.usage.HourlyLoad;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The new key carries what the old one carried at such hours, in every group that had a load, and every job on a timetable
 * has come in on it. Hours in which no load is expected neither pass nor fail.
 */
final class SwitchGate {
    /** The least share of the compared time that must have been observed. */
    private static final double LEAST_COVERAGE = 0.5;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final AtTheGates leaving;
    private final List<GroupSwitch> groups;
    private final String required;

    private SwitchGate(AtTheGates leaving) {
        this.leaving = leaving;
        this.groups = leaving.evidence().switchover().groups();
        this.required = String.format(Locale.ROOT, "the new key carries at least %.0f %% of what the old key carried"
                + " at such hours", 100 * leaving.policy().switchShare());
    }

    static GateReport judge(AtTheGates leaving) {
        SwitchGate gate = new SwitchGate(leaving);
        if (!leaving.version().served()) {
            return leaving.met(Gate.SWITCH, gate.required, "this key was never served to consumers");
        }
        return gate.judge();
    }

    /** The ordered rules: the first that speaks wins. */
    private GateReport judge() {
        if (groups.isEmpty()) {
            return unmet("nothing was compared yet", "samples of the new key", Earliest.Why.TOO_LITTLE_OBSERVED);
        }
        if (groups.stream().allMatch(group -> group.use() == GroupCadence.Use.NEVER)) {
            return unmet("nobody was seen using the old key, so there is no load that could move", "a waiver",
                    Earliest.Why.NO_LOAD_KNOWN);
        }
        List<GroupSwitch> loaded = groups.stream().filter(GroupSwitch::isLoadExpected).toList();
        String known = known();
        String unseen = loaded.stream().filter(group -> group.carried().coverage() < LEAST_COVERAGE)
                .map(group -> group.group().value()).collect(Collectors.joining(", "));
        if (!unseen.isEmpty()) {
            return unmet(known, "an observed use of the new key in " + unseen, Earliest.Why.TOO_LITTLE_OBSERVED);
        }
        List<String> missing = new ArrayList<>();
        loaded.stream().filter(group -> group.share() < share())
                .forEach(group -> missing.add("consumers of " + group.group() + " that still have to switch"));
        runs().filter(run -> run.begin().isPresent() && run.carried() < share() * run.expected())
                .forEach(run -> missing
                        .add("the job " + run.rhythm().words() + ", which did not come in on the new key"));
        if (leaving.evidence().switchover().lately().isDead()) {
            missing.add("any use of the new key in the last "
                    + Words.of(leaving.evidence().switchover().lately().span()));
        }
        if (!missing.isEmpty()) {
            return unmet(known, String.join("; ", missing), Earliest.Why.WAITS_FOR_CONSUMERS);
        }
        return expectedLoadCame(loaded, known);
    }

    private GateReport expectedLoadCame(List<GroupSwitch> loaded, String known) {
        Optional<GroupSwitch.Run> awaited = runs().filter(run -> run.begin().isEmpty())
                .max(Comparator.comparing(GroupSwitch.Run::nextEnd));
        if (awaited.isPresent()) {
            return leaving.unmet(Gate.SWITCH, required, known,
                    "the job " + awaited.get().rhythm().words() + " on the new key", awaited.get().nextEnd());
        }
        if (!loaded.isEmpty()) {
            return leaving.met(Gate.SWITCH, required, known);
        }
        Optional<Instant> next = groups.stream().flatMap(group -> group.next().stream()).min(Instant::compareTo);
        if (next.isEmpty()) {
            return unmet(known + "; no load is expected at any hour", "a load, or a waiver",
                    Earliest.Why.NO_LOAD_KNOWN);
        }
        String when = HOUR.format(next.get());
        return leaving.unmet(Gate.SWITCH, required, known + "; no load is expected at this hour; next on " + when,
                "the load of " + when + ", or a waiver", next.get());
    }

    private Stream<GroupSwitch.Run> runs() {
        return groups.stream().flatMap(group -> group.runs().stream());
    }

    private double share() {
        return leaving.policy().switchShare();
    }

    private GateReport unmet(String known, String missing, Earliest.Why why) {
        return leaving.unmet(Gate.SWITCH, required, known, missing, why);
    }

    private String known() {
        String since = leaving.evidence().switchover().from().map(from -> " since " + Words.of(from)).orElse("");
        return groups.stream().filter(group -> group.use() != GroupCadence.Use.NEVER).map(SwitchGate::describe)
                .collect(Collectors.joining("; ")) + since;
    }

    private static String describe(GroupSwitch group) {
        if (group.expected().basis() == HourlyLoad.Basis.NONE) {
            return group.group() + ": no earlier load was observed";
        }
        String moved = group.isLoadExpected()
                ? String.format(Locale.ROOT,
                        "%s: at least %.0f %% moved (%s requests on the new key, up to %s expected by %s)",
                        group.group(), Math.min(100, 100 * group.share()), Words.of(group.carried().lo()),
                        Words.of(group.expected().hi()), group.expected().basis().sentence())
                : group.group() + ": less than 1 request expected, " + Words.of(group.carried().lo())
                        + " came on the new key";
        return moved + stragglers(group) + runs(group);
    }

    /** Which use came in on the old key although consumers should have switched. */
    private static String stragglers(GroupSwitch group) {
        if (group.left().lo() <= 0) {
            return "";
        }
        String hours = group.leftHours().stream().sorted().map(hour -> String.format(Locale.ROOT, "%02d:00", hour))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT,
                ", %s requests (%s a minute) came on the old key after the switch was due, in the hours of %s UTC",
                Words.of(group.left().lo()), Words.of(group.left().loPerMinute()), hours);
    }

    private static String runs(GroupSwitch group) {
        return group.runs().stream().map(run -> run.begin().isEmpty()
                ? ", the job " + run.rhythm().words() + " has not come yet"
                : ", the job " + run.rhythm().words() + " brought " + Words.of(run.carried()) + " of up to "
                        + Words.of(run.expected()) + " on " + Words.of(run.begin().get()))
                .collect(Collectors.joining());
    }
}
