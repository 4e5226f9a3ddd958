package io.keywane.config;

import io.keywane.engine.ProviderProfile.GroupProfile;
import io.keywane.engine.ProviderProfile.RequestTemplate;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.WindowModel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one limiter group. A group of the built-in profile may leave out what it does not change. */
final class GroupReader {
    private static final Map<String, WindowModel.Kind> KINDS = Map.of("rolling", WindowModel.Kind.ROLLING, "fixed",
            WindowModel.Kind.FIXED);
    private static final Map<String, WindowModel.ResetMeaning> RESETS = Map.of("now_plus_window",
            WindowModel.ResetMeaning.NOW_PLUS_WINDOW, "oldest_plus_window",
            WindowModel.ResetMeaning.OLDEST_PLUS_WINDOW, "unknown", WindowModel.ResetMeaning.UNKNOWN);

    private GroupReader() {}

    static Field<GroupProfile> read(LimiterGroup name, YamlSection section) {
        GroupProfile builtIn = JoboProfile.profile().groups().get(name);
        Field<RequestTemplate> request = section.text("liveness", Requests::parse);
        Field<RequestTemplate> liveness = builtIn == null ? request.required() : request.or(builtIn.liveness());
        Field<List<WindowModel>> windows = section.items("windows", GroupReader::window).or(List.of());
        Field<Optional<RequestTemplate>> asked = section.text("missing", Requests::parse).optional();
        return section.build(() -> new GroupProfile(liveness.get(), windows.get(),
                asked.get().or(() -> builtIn == null ? Optional.empty() : builtIn.missing())));
    }

    private static Field<WindowModel> window(YamlSection section) {
        Field<Long> limit = section.integer("limit").required();
        Field<Duration> length = section.duration("length").required();
        Field<WindowModel.Kind> kind = section.choice("kind", KINDS).required();
        Field<Duration> tolerance = section.duration("tolerance").or(Duration.ofSeconds(1));
        Field<Boolean> countsAnswered = section.flag("remaining_counts_answered").required();
        Field<WindowModel.ResetMeaning> reset = section.choice("reset", RESETS).or(WindowModel.ResetMeaning.UNKNOWN);
        return section.build(() -> new WindowModel(limit.get(), length.get(), kind.get(), tolerance.get(),
                countsAnswered.get(), reset.get()));
    }
}
