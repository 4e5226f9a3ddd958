package io.keywane.sandbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The control API's form of {@link RateSettings}: durations in milliseconds; a member left out stays as it is.
 *
 * @param general all windows of that group, ascending
 */
record RateWire(@Nullable WindowModel model, @Nullable ShownWindow shown, @Nullable ResetMeaning reset,
        @Nullable Boolean countsAnswered, @Nullable Placement placement, @Nullable Integer nodes, @Nullable Long lagMs,
        @Nullable List<Window> general, @Nullable List<Window> feed) {

    /** One window with what it admits. */
    record Window(long windowMs, int limit) {
        static List<Window> of(List<WindowLimit> limits) {
            return limits.stream().map(limit -> new Window(limit.window().toMillis(), limit.limit())).toList();
        }

        WindowLimit toDomain() {
            return new WindowLimit(Duration.ofMillis(windowMs), limit);
        }
    }

    static RateWire of(RateSettings rates) {
        Topology topology = rates.topology();
        return new RateWire(rates.model(), rates.shown(), rates.reset(), rates.countsAnswered(), topology.placement(),
                topology.nodes(), topology.lag().toMillis(), Window.of(rates.general()), Window.of(rates.feed()));
    }

    /** What is meant where this is all that is wanted; what it leaves out is as published. */
    RateSettings toDomain() {
        return over(RateSettings.published());
    }

    RateSettings over(RateSettings now) {
        return new RateSettings(or(model, now.model()), or(shown, now.shown()), or(reset, now.reset()),
                or(countsAnswered, now.countsAnswered()), topology(now.topology()), limits(general, now.general()),
                limits(feed, now.feed()));
    }

    private Topology topology(Topology now) {
        Placement where = or(placement, now.placement());
        int count = where == Placement.ONE ? or(nodes, 1) : or(nodes, now.nodes());
        return new Topology(where, count, lagMs == null ? now.lag() : Duration.ofMillis(lagMs));
    }

    private static List<WindowLimit> limits(@Nullable List<Window> wanted, List<WindowLimit> now) {
        return wanted == null ? now : wanted.stream().map(Window::toDomain).toList();
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return Optional.ofNullable(value).orElse(otherwise);
    }
}
