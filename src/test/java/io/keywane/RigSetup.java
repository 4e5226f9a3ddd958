package io.keywane;

import io.keywane.sandbox.FeedPlan;
import io.keywane.sandbox.RateSettings;
import io.keywane.sandbox.ResetMeaning;
import io.keywane.sandbox.ShownWindow;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What the sandbox of a {@link Rig} is like, and what its daemon is told of it.
 *
 * @param clock by which the sandbox's limiters and Date go
 * @param balance credits of the organisation
 * @param general the windows declared for the general group, as the configuration lists them
 * @param feed those of the feed group
 * @param logLevel of the daemon
 * @param calibration the configuration's section
 */
public record RigSetup(RateSettings rates, InstantSource clock, long balance, FeedPlan feedPlan, String general,
        String feed, String logLevel, String calibration) {

    /** True logs of 20 s, declared as they are. */
    public static RigSetup standard() {
        List<Duration> windows = List.of(Duration.ofSeconds(20), Duration.ofMinutes(10), Duration.ofHours(1));
        RateSettings rates = RateSettings.published().withShown(ShownWindow.FIRST).withReset(ResetMeaning.OLDEST)
                .withGeneral(RateSettings.limits(windows, List.of(1_200, 36_000, 200_000)))
                .withFeed(RateSettings.limits(windows, List.of(600, 18_000, 100_000)));
        String window = "{limit: %d, length: 20s, kind: rolling, tolerance: 1s,"
                + " remaining_counts_answered: true, reset: oldest_plus_window}";
        return new RigSetup(rates, InstantSource.system(), 100_000, FeedPlan.OPEN, window.formatted(1_200),
                window.formatted(600), "info", "{enabled: no}");
    }

    RigSetup withRates(RateSettings value) {
        return new RigSetup(value, clock, balance, feedPlan, general, feed, logLevel, calibration);
    }

    RigSetup withClock(InstantSource value) {
        return new RigSetup(rates, value, balance, feedPlan, general, feed, logLevel, calibration);
    }

    RigSetup withBalance(long value) {
        return new RigSetup(rates, clock, value, feedPlan, general, feed, logLevel, calibration);
    }

    RigSetup withFeedPlan(FeedPlan value) {
        return new RigSetup(rates, clock, balance, value, general, feed, logLevel, calibration);
    }

    RigSetup withDeclared(String generalWindows, String feedWindows) {
        return new RigSetup(rates, clock, balance, feedPlan, generalWindows, feedWindows, logLevel, calibration);
    }

    RigSetup withLogLevel(String value) {
        return new RigSetup(rates, clock, balance, feedPlan, general, feed, value, calibration);
    }

    RigSetup withCalibration(String value) {
        return new RigSetup(rates, clock, balance, feedPlan, general, feed, logLevel, value);
    }
}
