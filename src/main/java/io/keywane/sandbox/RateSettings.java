package io.keywane.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * How every key is limited: the same for all keys, counted for each key and group apart. The windows of a group
 * ascend strictly in length; there is at least one.
 *
 * @param countsAnswered whether Remaining already counts the request that it answers
 * @param topology where requests are counted
 */
public record RateSettings(WindowModel model, ShownWindow shown, ResetMeaning reset, boolean countsAnswered,
        Topology topology, List<WindowLimit> general, List<WindowLimit> feed) {

    public RateSettings {
        requireNonNull(model, "model is null");
        requireNonNull(shown, "shown is null");
        requireNonNull(reset, "reset is null");
        requireNonNull(topology, "topology is null");
        general = ascending(LimiterGroup.GENERAL, general);
        feed = ascending(LimiterGroup.FEED, feed);
    }

    /** The published figures of a paid plan: rolling minute, hour and day, the tightest shown. */
    public static RateSettings published() {
        List<Duration> windows = List.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));
        return new RateSettings(WindowModel.ROLLING, ShownWindow.TIGHTEST, ResetMeaning.NOW, true,
                Topology.ONE, limits(windows, List.of(360, 10_000, 100_000)),
                limits(windows, List.of(120, 5_000, 50_000)));
    }

    /**
     * Pairs windows with limits.
     *
     * @throws IllegalArgumentException if there are not as many limits as windows
     */
    public static List<WindowLimit> limits(List<Duration> windows, List<Integer> limits) {
        if (windows.size() != limits.size()) {
            throw new IllegalArgumentException(windows.size() + " windows but " + limits.size() + " limits");
        }
        List<WindowLimit> pairs = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            pairs.add(new WindowLimit(windows.get(i), limits.get(i)));
        }
        return List.copyOf(pairs);
    }

    public RateSettings withModel(WindowModel value) {
        return new RateSettings(value, shown, reset, countsAnswered, topology, general, feed);
    }

    public RateSettings withShown(ShownWindow value) {
        return new RateSettings(model, value, reset, countsAnswered, topology, general, feed);
    }

    public RateSettings withReset(ResetMeaning value) {
        return new RateSettings(model, shown, value, countsAnswered, topology, general, feed);
    }

    public RateSettings withCountsAnswered(boolean value) {
        return new RateSettings(model, shown, reset, value, topology, general, feed);
    }

    public RateSettings withTopology(Topology value) {
        return new RateSettings(model, shown, reset, countsAnswered, value, general, feed);
    }

    public RateSettings withGeneral(List<WindowLimit> value) {
        return new RateSettings(model, shown, reset, countsAnswered, topology, value, feed);
    }

    public RateSettings withFeed(List<WindowLimit> value) {
        return new RateSettings(model, shown, reset, countsAnswered, topology, general, value);
    }

    List<WindowLimit> of(LimiterGroup group) {
        return switch (group) {
            case GENERAL -> general;
            case FEED -> feed;
        };
    }

    /** Whether these differ in nothing but the limits of the same windows, so that counters can go on. */
    boolean sameCounters(RateSettings other) {
        return windows(general).equals(windows(other.general)) && windows(feed).equals(windows(other.feed))
                && equals(other.withGeneral(general).withFeed(feed));
    }

    private static List<Duration> windows(List<WindowLimit> limits) {
        return limits.stream().map(WindowLimit::window).toList();
    }

    private static List<WindowLimit> ascending(LimiterGroup group, List<WindowLimit> limits) {
        requireNonNull(limits, "limits are null");
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("the " + group + " group has no window");
        }
        for (int i = 1; i < limits.size(); i++) {
            if (limits.get(i).window().compareTo(limits.get(i - 1).window()) <= 0) {
                throw new IllegalArgumentException("the windows of the " + group + " group do not ascend: "
                        + limits.get(i - 1).window() + ", " + limits.get(i).window());
            }
        }
        return List.copyOf(limits);
    }
}
