package io.keywane.cli;

import io.keywane.control.GroupHealth;
import io.keywane.control.KeyDetail;
import io.keywane.control.KeyList;
import io.keywane.control.KeySummary;
import io.keywane.control.RotationSummary;
import io.keywane.control.VersionSummary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Managed keys in text: one line each in the list, everything in the detail. */
final class KeyText {
    private static final List<String> LIST = List.of("KEY", "ORGANISATION", "ENVIRONMENT", "OWNER", "VERSION", "PREFIX",
            "AGE", "LAST SUCCESS", "USED", "ROTATION", "LEAVING");
    private static final List<String> VERSIONS = List.of("VERSION", "STAGE", "SINCE", "DASHBOARD NAME", "PREFIX",
            "TAKEN IN", "WHY");
    private static final List<String> GROUPS = List.of("GROUP", "LAST OUTCOME", "LAST SUCCESS", "LIMIT", "REMAINING",
            "USED");

    private KeyText() {}

    static List<String> list(KeyList list, Style style) {
        if (list.keys().isEmpty()) {
            return List.of("no managed keys are configured");
        }
        return Tables.of(LIST, list.keys().stream().map(key -> row(key, style)).toList());
    }

    static List<String> detail(KeyDetail detail, Style style) {
        KeySummary key = detail.summary();
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(key.key()) + ": organisation " + key.organisation() + ", environment "
                + key.environment() + ", owner " + key.owner());
        lines.add("rotation: " + key.rotation().map(KeyText::rotation).orElse("none yet"));
        key.maintenance().ifPresent(text -> lines.add(WatchText.maintenance(text)));
        lines.add("");
        lines.addAll(Tables.of(VERSIONS, detail.versions().stream().map(KeyText::version).toList()));
        if (!key.groups().isEmpty()) {
            lines.add("");
            lines.addAll(Tables.of(GROUPS, key.groups().stream().map(group -> group(group, style)).toList()));
        }
        lines.add("");
        lines.addAll(CalibrationText.windows(detail.windows()));
        return lines;
    }

    static String stage(VersionSummary version) {
        return version.stage().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> row(KeySummary key, Style style) {
        return List.of(key.key(), key.organisation(), key.environment(), key.owner(),
                key.current().map(VersionSummary::brief).orElse("none"),
                key.current().flatMap(VersionSummary::publicPrefix).orElse("-"),
                style.age(key.current().map(VersionSummary::takenIn)),
                perGroup(key, group -> style.age(group.lastSuccess())),
                perGroup(key, group -> percent(group.saturation())),
                key.rotation().map(KeyText::rotationState).orElse("-"), leaving(key));
    }

    private static String perGroup(KeySummary key, Function<GroupHealth, String> value) {
        String text = key.groups().stream().map(group -> group.group() + " " + value.apply(group))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "-" : text;
    }

    private static String leaving(KeySummary key) {
        String text = key.leaving().stream().map(version -> version.brief() + " " + stage(version))
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "-" : text;
    }

    private static List<String> version(VersionSummary version) {
        return List.of(version.brief(), stage(version), Style.time(version.since()),
                version.dashboardName().orElse("-"), version.publicPrefix().orElse("-"), Style.time(version.takenIn()),
                version.reasonSentence());
    }

    private static List<String> group(GroupHealth group, Style style) {
        String outcome = group.lastOutcome().orElse("-")
                + group.lastFailure().map(failure -> " (" + failure + ")").orElse("");
        return List.of(group.group(), outcome, ago(group, style), number(group.limit()), number(group.remaining()),
                percent(group.saturation()));
    }

    private static String ago(GroupHealth group, Style style) {
        return group.lastSuccess().map(at -> style.age(at) + " ago").orElse("never seen");
    }

    private static String rotation(RotationSummary rotation) {
        return rotationState(rotation) + " since " + Style.time(rotation.since()) + ", " + rotation.reasonSentence();
    }

    private static String rotationState(RotationSummary rotation) {
        return rotation.state() + (rotation.paused() ? " (paused)" : "");
    }

    static String number(Optional<Long> number) {
        return number.map(String::valueOf).orElse("-");
    }

    static String percent(Optional<Double> share) {
        return share.map(value -> Math.round(value * 100) + "%").orElse("-");
    }
}
