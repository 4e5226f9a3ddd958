package io.keywane.usage.sim;

import io.keywane.usage.KnownWindow;
import io.keywane.usage.WindowLookup;
import io.keywane.usage.WindowModel;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import io.keywane.usage.sim.GroupPlan.Knowledge;
import io.keywane.usage.sim.LimiterPlan.Window;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns what a scenario lets Keywane know of a group's windows into the form that the account takes. */
final class Knowing {
    private static final double EXACT_TOLERANCE = 1;
    private static final double COARSE_TOLERANCE = 3;

    private Knowing() {}

    static WindowLookup of(GroupPlan group) {
        Map<Long, Optional<KnownWindow>> known = new HashMap<>();
        for (Window window : group.limiter().windows()) {
            // Of windows with one limit the shortest: it claims the least.
            known.putIfAbsent(window.limit(), model(group, window).map(KnownWindow::declared));
        }
        List<KnownWindow> all = known.values().stream().flatMap(Optional::stream).toList();
        return () -> all;
    }

    private static Optional<WindowModel> model(GroupPlan group, Window window) {
        LimiterKind kind = group.limiter().kind();
        boolean told = kind.isRolling() || kind.isFixed();
        if (group.knowledge() == Knowledge.NONE || !told) {
            return Optional.empty();
        }
        boolean exact = kind.isExact() || group.knowledge() == Knowledge.EXACT;
        double tolerance = exact || kind.isFixed() ? EXACT_TOLERANCE : window.length() / 6 + COARSE_TOLERANCE;
        if (tolerance * 4 >= window.length()) {
            return Optional.empty();
        }
        return Optional.of(new WindowModel(window.limit(), seconds(window.length()),
                kind.isFixed() ? Kind.FIXED : Kind.ROLLING, seconds(tolerance), group.limiter().after(),
                meaning(group)));
    }

    private static ResetMeaning meaning(GroupPlan group) {
        if (group.knowledge() == Knowledge.NO_RESET) {
            return ResetMeaning.UNKNOWN;
        }
        return switch (group.limiter().reset()) {
            case OLDEST_PLUS_WINDOW -> ResetMeaning.OLDEST_PLUS_WINDOW;
            case NOW_PLUS_WINDOW -> ResetMeaning.NOW_PLUS_WINDOW;
        };
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
