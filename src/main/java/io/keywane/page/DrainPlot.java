package io.keywane.page;

import io.keywane.page.StatusView.Drain;
import io.keywane.page.StatusView.Step;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How the use of a leaving key goes over to the current one: a picture, the same in words, and the figures. */
final class DrainPlot {
    private DrainPlot() {}

    static void draw(Html html, String key, Drain drain) {
        if (drain.steps().size() < 2) {
            html.line("p", " class=\"note\"", "There is no history yet from which the drain of " + drain.version()
                    + " could be drawn.");
            return;
        }
        html.markup("<figure>" + picture(key, drain) + "<figcaption>"
                + Plot.legend("s1", "requests by others with the leaving key " + drain.version() + ", a step is "
                        + Times.duration(drain.step()))
                + Plot.legend("s0", "with the current key (dashed)")
                + (drain.silentSince().isPresent() ? Plot.legend("band", "proven silence of the leaving key") : "")
                + "</figcaption></figure>\n");
        html.markup("<details><summary>The figures</summary>").table("Requests by others with " + key + " a step of "
                + Times.duration(drain.step()), List.of("from (UTC)", "leaving key", "current key"));
        drain.steps().forEach(step -> html.row(List.of(Times.time(step.from()) + step.from().toString().substring(16,
                19), figure(step.leaving()), figure(step.current()))));
        html.endTable().markup("</details>\n");
    }

    private static String picture(String key, Drain drain) {
        List<Step> steps = drain.steps();
        double highest = steps.stream().flatMap(step -> Stream.of(step.leaving(), step.current()))
                .flatMap(Optional::stream).mapToDouble(Double::doubleValue).max().orElse(1);
        Plot plot = new Plot(inWords(key, drain), highest);
        drain.silentSince().ifPresent(since -> {
            double from = Plot.LEFT + (Plot.WIDTH - Plot.LEFT) * Math.clamp(share(steps, since), 0, 1);
            plot.draw(String.format(Locale.ROOT,
                    "<rect class=\"band\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>", from, Plot.TOP,
                    Plot.WIDTH - from, Plot.HEIGHT));
        });
        plot.line("new", steps.stream().map(Step::current).toList());
        plot.line("old", steps.stream().map(Step::leaving).toList());
        drain.published().filter(at -> at.isAfter(steps.getFirst().from()))
                .ifPresent(at -> plot.mark(share(steps, at), "published"));
        plot.ends(Times.time(steps.getFirst().from()), Times.time(steps.getLast().from()));
        return plot.end();
    }

    private static double share(List<Step> steps, Instant at) {
        Instant first = steps.getFirst().from();
        double whole = Duration.between(first, steps.getLast().from()).toMillis();
        return Duration.between(first, at).toMillis() / whole;
    }

    /** What the picture shows, for those who do not see it. */
    static String inWords(String key, Drain drain) {
        Optional<Step> used = drain.steps().reversed().stream()
                .filter(step -> step.leaving().filter(count -> count > 0).isPresent()).findFirst();
        long unseen = drain.steps().stream().filter(step -> step.leaving().isEmpty()).count();
        return "Drain of the leaving key of " + key + ": in " + Times.duration(drain.step()
                .multipliedBy(drain.steps().size())) + " others sent " + sum(drain, Step::leaving)
                + " requests with it, "
                + used.map(step -> "the last seen in the step from " + Times.time(step.from())).orElse("none seen")
                + ", and " + sum(drain, Step::current) + " with the current key; "
                + drain.silentSince().map(at -> "silence is proven since " + Times.time(at))
                        .orElse("its silence is not proven")
                + (unseen == 0 ? "" : "; " + unseen + " of " + drain.steps().size() + " steps were not observed");
    }

    private static String sum(Drain drain, Function<Step, Optional<Double>> of) {
        return Html.whole(Math.round(drain.steps().stream().map(of).flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue).sum()));
    }

    private static String figure(Optional<Double> count) {
        return count.map(value -> String.format(Locale.ROOT, "%.0f", value)).orElse("not observed");
    }
}
