package io.keywane.usage.sim;

import com.google.errorprone.annotations.FormatMethod;
import io.keywane.usage.ProofPolicy;
import io.keywane.usage.SilentSpan;
import io.keywane.usage.UsagePoint.Verdict;
import io.keywane.usage.sim.Consumer.Habit;
import io.keywane.usage.sim.GroupPlan.Knowledge;
import io.keywane.usage.sim.LimiterPlan.Display;
import io.keywane.usage.sim.LimiterPlan.ResetStyle;
import io.keywane.usage.sim.LimiterPlan.Routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Draws one drain of a simulated key as SVG: what was counted, what each sample saw, and the silence that followed. */
final class DrainPicture {
    private static final long SEED = 11;
    private static final double LENGTH = 720;
    private static final double QUIET = 300;
    private static final double LAST_USE = 230;
    private static final double WINDOW = 60;
    private static final double LEFT = 118;
    private static final double SCALE = 1.05;
    private static final int BOTTOM = 210;
    private static final int WINDOWS = 254;
    private static final int CHAIN = 358;
    private static final int AXIS = 446;

    private final StringBuilder svg = new StringBuilder();
    private final List<Seen> seen = new ArrayList<>();
    private final Outcome outcome;

    /** One sample with what was known after it. */
    private record Seen(double at, long used, long others, Verdict verdict, Optional<SilentSpan> silence) {}

    private DrainPicture() {
        outcome = Simulation.show(scenario(), this::take);
    }

    private static Scenario scenario() {
        Consumer user = new Consumer(Habit.RANDOM, 0, LAST_USE, 8, 1, false);
        LimiterPlan limiter = new LimiterPlan(LimiterKind.ROLLING_LOG, PowerRow.Setting.MINUTE, Display.SHORTEST, true,
                ResetStyle.OLDEST_PLUS_WINDOW, false, 1, Routing.ONE_COUNTER, 0, false, List.of(),
                OptionalDouble.empty(), 0);
        ClockPlan clock = new ClockPlan(0, 0, List.of());
        GroupPlan group = new GroupPlan("general", limiter, List.of(user), true, clock, Knowledge.TRUE);
        return new Scenario(SEED, Optional.empty(), LENGTH, QUIET, List.of(group), clock,
                new HostPlan(clock, 0, List.of()), NetworkPlan.PERFECT,
                new Conduct(Conduct.Aim.PLAN, 1, ProofPolicy.STRICT));
    }

    /** The picture; the same at each call. */
    static String draw() {
        return new DrainPicture().svg();
    }

    private void take(Watch watch) {
        Answer answer = watch.lastAnswer;
        if (answer != null && answer.hasLimits()) {
            Verdict verdict = watch.account.latest().orElseThrow().verdict();
            seen.add(
                    new Seen(answer.at(), answer.shownUsed(), answer.shownForeign(), verdict, watch.account.silence()));
        }
    }

    private String svg() {
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 480" font-family="sans-serif" font-size="12">
                <title>A drain: used, own and foreign requests, windows, and the chain of silence</title>
                <style>
                .page{fill:#ffffff}.ink{fill:#1f2430}.soft{fill:#5b6472}.axis{stroke:#8a93a1}
                .own{fill:#3b6fb6}.foreign{fill:#d9822b}.silent{fill:#2e8b57}
                .s-foreign{stroke:#d9822b}.s-silent{stroke:#2e8b57}.s-none{stroke:#8a93a1}
                @media (prefers-color-scheme: dark){
                .page{fill:#14181f}.ink{fill:#e6e9ee}.soft{fill:#a3acba}
                .own{fill:#7aa7e6}.foreign{fill:#f0a45c}.silent{fill:#5cc48c}
                .s-foreign{stroke:#f0a45c}.s-silent{stroke:#5cc48c}}
                </style>
                <rect class="page" width="900" height="480"/>
                """);
        counts();
        truth();
        windows();
        chain();
        axis();
        svg.append("</svg>\n");
        return svg.toString();
    }

    private void counts() {
        text(12, 24, "ink", "What the window of 60 s holds at each sample (used = limit - remaining)");
        rect("own", 480, 14, 11, 11);
        text(496, 24, "soft", "own probes, from the ledger");
        rect("foreign", 690, 14, 11, 11);
        text(706, 24, "soft", "foreign = used - own");
        for (Seen sample : seen) {
            double own = 8.0 * (sample.used() - sample.others());
            double foreign = 8.0 * sample.others();
            rect("own", x(sample.at()) - 4, BOTTOM - own, 8, own);
            rect("foreign", x(sample.at()) - 4, BOTTOM - own - foreign, 8, foreign);
            text(x(sample.at()), BOTTOM - own - foreign - 5, "soft middle", String.valueOf(sample.used()));
        }
        line("axis", x(0), BOTTOM, x(LENGTH), BOTTOM);
        text(12, BOTTOM - 4, "soft", "requests");
    }

    private void truth() {
        text(12, BOTTOM + 24, "soft", "true foreign use");
        for (double at : outcome.uses) {
            line("s-foreign", x(at), BOTTOM + 12, x(at), BOTTOM + 26);
        }
    }

    /** Each sample's window, in four rows so that they don't hide one another. */
    private void windows() {
        text(12, WINDOWS + 22, "soft", "windows seen");
        for (int i = 0; i < seen.size(); i++) {
            Seen sample = seen.get(i);
            double y = WINDOWS + 8 + 16.0 * (i % 4);
            double from = x(Math.max(0, sample.at() - WINDOW));
            String kind = switch (sample.verdict()) {
                case SILENT -> "s-silent";
                case IN_USE -> "s-foreign";
                case UNDETERMINED, UNKNOWN, CLOSED -> "s-none";
            };
            append("<path class=\"%s\" fill=\"none\" stroke-width=\"2\" d=\"M%.1f %.1fv-5h%.1fv5\"/>\n", kind, from, y,
                    x(sample.at()) - from);
        }
        text(x(0), WINDOWS + 76, "soft", "orange: others were counted in it; green: nobody but us");
    }

    /** One line for each sample up to the flag: the silence that was proven then. */
    private void chain() {
        text(12, CHAIN + 14, "soft", "silence proven,");
        text(12, CHAIN + 29, "soft", "sample by sample");
        double y = CHAIN;
        for (Seen sample : seen) {
            if (sample.silence().isPresent() && sample.at() <= outcome.flags.getFirst()) {
                double from = seconds(sample.silence().get().from().wall());
                double to = seconds(sample.silence().get().to().wall());
                rect("silent", x(from), y, x(to) - x(from), 3);
                y += 4.5;
            }
        }
    }

    private static double seconds(Instant wall) {
        return Duration.between(Host.BEGIN, wall).toNanos() / 1e9;
    }

    private void axis() {
        double flag = outcome.flags.getFirst();
        double last = outcome.lastUse;
        mark(last, "s-foreign", "last foreign use");
        mark(flag, "s-silent", String.format(Locale.ROOT, "flag: %.0f s of quiet period, and %.0f s", QUIET,
                flag - last - QUIET));
        line("axis", x(0), AXIS, x(LENGTH), AXIS);
        for (int minute = 0; minute <= LENGTH / 60; minute++) {
            line("axis", x(minute * 60.0), AXIS, x(minute * 60.0), AXIS + 5);
            text(x(minute * 60.0), AXIS + 19, "soft middle", minute + " min");
        }
    }

    private void mark(double at, String style, String words) {
        append("<line class=\"%s\" stroke-dasharray=\"4 3\" x1=\"%.1f\" y1=\"36\" x2=\"%.1f\" y2=\"%d\"/>\n", style,
                x(at), x(at), AXIS);
        boolean isLate = at > LENGTH / 2;
        text(x(at) + (isLate ? -5 : 5), 50, isLate ? "ink end" : "ink", words);
    }

    private static double x(double time) {
        return LEFT + time * SCALE;
    }

    private void rect(String style, double x, double y, double width, double height) {
        if (height > 0) {
            append("<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n", style, x, y, width,
                    height);
        }
    }

    private void line(String style, double x1, double y1, double x2, double y2) {
        append("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", style, x1, y1, x2, y2);
    }

    private void text(double x, double y, String style, String words) {
        String[] styles = style.split(" ", 2);
        String anchor = styles.length == 1 ? "" : " text-anchor=\"" + styles[1] + "\"";
        append("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\"%s>%s</text>\n", styles[0], x, y, anchor,
                words);
    }

    @FormatMethod
    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
