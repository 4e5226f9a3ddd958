package io.keywane.usage.sim;

import io.keywane.usage.sim.LimiterPlan.Display;
import io.keywane.usage.sim.LimiterPlan.Window;

import java.util.List;

/** One condition of the power campaign: what is drained, and how soon after the last use it is promised to be flagged. */
enum PowerRow {
    MINUTE_30M("rolling, minute shown", Setting.rolling(Setting.MINUTE), 1_800, within(0.99, 60 + 24 + 15)),
    MINUTE_2H("rolling, minute shown", Setting.rolling(Setting.MINUTE), 7_200, shown(60 + 24 + 15)),
    HOUR_30M("rolling, hour shown", Setting.rolling(Setting.HOUR), 1_800, within(0.99, 3_600 + 655 + 15)),
    HOUR_2H("rolling, hour shown", Setting.rolling(Setting.HOUR), 7_200, within(0.99, 3_600 + 655 + 15)),
    HOUR_NIGHTLY("rolling, hour shown, nightly job", Setting.rolling(Setting.HOUR).by(Users.NIGHTLY), 26
            * 3_600, within(0.99, 3_600 + 655 + 15)),
    HOUR_WEEKLY("rolling, hour shown, weekly job", Setting.rolling(Setting.HOUR).by(Users.WEEKLY), 170
            * 3_600, within(0.99, 3_600 + 655 + 15)),
    DAY_2H("rolling, day shown", Setting.rolling(Setting.DAY), 7_200, shown(86_400 + 3_527 + 15)),
    TIGHTEST_LIGHT("rolling, tightest shown, light use", Setting.tightest().by(Users.LIGHT), 1_800, within(0.99,
            3_600 + 118 + 15)),
    TIGHTEST_HEAVY("rolling, tightest shown, heavy use", Setting.tightest().by(Users.HEAVY), 1_800, within(0.99,
            86_400 + 118 + 15)),
    BUCKETS_MINUTE_30M("rolling in buckets, minute", Setting.buckets(Setting.MINUTE), 1_800, within(0.99,
            60 + 80 + 15)),
    BUCKETS_MINUTE_2H("rolling in buckets, minute", Setting.buckets(Setting.MINUTE), 7_200, shown(60 + 80 + 15)),
    BUCKETS_HOUR_2H("rolling in buckets, hour", Setting.buckets(Setting.HOUR), 7_200, within(0.99, 3_600 + 4_800 + 15)),
    LOST_HOUR_30M("0.2 % lost, hour", Setting.rolling(Setting.HOUR).losing(0.002), 1_800, within(0.99,
            7_200 + 4 * 655)),
    LOST_HOUR_2H("0.2 % lost, hour", Setting.rolling(Setting.HOUR).losing(0.002), 7_200, within(0.99, 7_200 + 4 * 655)),
    LOST_MINUTE("0.2 % lost, minute, strict", Setting.rolling(Setting.MINUTE).losing(0.002), 1_800, within(0.80,
            120 + 4 * 24)),
    LOST_MINUTE_SHADOW("0.2 % lost, minute, shadow spans", Setting.rolling(Setting.MINUTE).losing(0.002)
            .shadowSpans(), 1_800, within(0.95, 120 + 4 * 24)),
    LOST_1_MINUTE("1 % lost, minute, strict", Setting.rolling(Setting.MINUTE).losing(0.01), 1_800, shown(120 + 4 * 24)),
    LOST_1_MINUTE_SHADOW("1 % lost, minute, shadow spans", Setting.rolling(Setting.MINUTE).losing(0.01)
            .shadowSpans(), 1_800, shown(120 + 4 * 24)),
    FIXED_MINUTE("fixed, minute, strict", Setting.of(LimiterKind.FIXED_ALIGNED, Setting.MINUTE), 1_800, Promise.NEVER),
    FIXED_HOUR_30M("fixed, hour, strict", Setting.of(LimiterKind.FIXED_ALIGNED,
            Setting.HOUR), 1_800, shown(3_600 + 720 + 15)),
    FIXED_HOUR_2H("fixed, hour, strict", Setting.of(LimiterKind.FIXED_ALIGNED, Setting.HOUR), 7_200, Promise.NEVER),
    SMOOTHED("smoothed (GCRA)", Setting.of(LimiterKind.GCRA, Setting.MINUTE), 1_800, Promise.NEVER),
    WEIGHTED("weighted pair of windows", Setting.of(LimiterKind.WEIGHTED, Setting.MINUTE), 1_800, Promise.NEVER),
    UNKNOWN("rolling, nothing known of it", Setting.rolling(Setting.MINUTE).unknown(), 1_800, Promise.NEVER);

    final String words;
    // A record of values; the checker knows no list that cannot change.
    @SuppressWarnings("ImmutableEnumChecker")
    final Setting setting;
    /** How long the key must be silent, in seconds. */
    final double quiet;
    @SuppressWarnings("ImmutableEnumChecker")
    final Promise promise;

    PowerRow(String words, Setting setting, double quiet, Promise promise) {
        this.words = words;
        this.setting = setting;
        this.quiet = quiet;
        this.promise = promise;
    }

    private static Promise within(double share, double beyond) {
        return new Promise(share, beyond);
    }

    private static Promise shown(double beyond) {
        return new Promise(-1, beyond);
    }

    /**
     * How many are flagged how soon.
     *
     * @param share least share of keys flagged in time; 0: none is ever flagged, and the gate says why; negative: nothing is
     *     promised, and the table shows what comes of it
     * @param beyond seconds after the last use and the quiet period
     */
    record Promise(double share, double beyond) {
        static final Promise NEVER = new Promise(0, 0);

        boolean isNever() {
            return share == 0;
        }
    }

    /** Who used the key before it was left. */
    enum Users {
        BUSY, LIGHT, HEAVY, NIGHTLY, WEEKLY
    }

    /**
     * A limiter, its users and the network.
     *
     * @param lost share of messages that are lost, on the way there and on the way back each
     * @param shadowed whether holes of lost replies are let pass
     * @param known whether Keywane knows the windows
     */
    record Setting(
            LimiterKind kind,
            List<Window> windows,
            Display display,
            Users users,
            double lost,
            boolean shadowed,
            boolean known) {
        static final List<Window> MINUTE = List.of(new Window(60, 360, 360));
        static final List<Window> HOUR = List.of(new Window(3_600, 10_000, 10_000));
        static final List<Window> DAY = List.of(new Window(86_400, 100_000, 100_000));
        private static final List<Window> ALL = List.of(MINUTE.getFirst(), HOUR.getFirst(), DAY.getFirst());

        static Setting of(LimiterKind kind, List<Window> windows) {
            return new Setting(kind, windows, Display.SHORTEST, Users.BUSY, 0, false, true);
        }

        static Setting rolling(List<Window> windows) {
            return of(LimiterKind.ROLLING_LOG, windows);
        }

        static Setting buckets(List<Window> windows) {
            return of(LimiterKind.ROLLING_BUCKETS_EARLY, windows);
        }

        static Setting tightest() {
            return new Setting(LimiterKind.ROLLING_LOG, ALL, Display.TIGHTEST, Users.BUSY, 0, false, true);
        }

        Setting by(Users others) {
            return new Setting(kind, windows, display, others, lost, shadowed, known);
        }

        Setting losing(double share) {
            return new Setting(kind, windows, display, users, share, shadowed, known);
        }

        Setting shadowSpans() {
            return new Setting(kind, windows, display, users, lost, true, known);
        }

        Setting unknown() {
            return new Setting(kind, windows, display, users, lost, shadowed, false);
        }
    }
}
