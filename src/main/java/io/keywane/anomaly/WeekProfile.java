package io.keywane.anomaly;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What a flow of counts is at each quarter of an hour, from the last seven days; times are UTC, weekends are apart.
 *
 * <p>Kept for each quarter of the week: its mean, and the busiest third of it; one byte each, on a logarithmic scale in
 * steps of nine per cent. Expectations are for one sample. The upper one is what a burst is judged against: the same time
 * last week, the day before and the mean of like days, in this quarter or one beside it, whichever is highest, since a
 * job may start late. The lower one, for silence, is the least of like days, or the least but one of five, two quarters to
 * each side: a burst of last week does not make load usual.
 */
final class WeekProfile {
    static final int SLOT_SECONDS = 900;
    private static final int SLOTS = 672;
    private static final int DAY = 96;
    private static final int FRIDAY = 4;
    private static final byte NEVER = -1;
    private static final long NONE = Long.MIN_VALUE;
    private static final double LEAST = 1e-3;
    private static final double PER_E = 11;
    /** Expected where nothing was ever seen: once in 50 samples. */
    private static final double FLOOR = 0.02;
    /** Without any history: so many a sample are never a burst, nor is three times the most that was seen. */
    private static final double COLD_FLOOR = 30;
    private static final double COLD_FACTOR = 3;
    private static final int BURST_REACH = 1;
    private static final int SILENCE_REACH = 2;
    /** Of so many days, one without load does not make silence usual. */
    private static final int MANY_DAYS = 5;
    /** Days that are too young to tell what was before a slow rise. */
    private static final int YOUNG = 3;
    /** So many times the mean of like days at the same time last week is a weekly job. */
    private static final double WEEKLY_JOB = 2;
    private static final double[] RATE = rates();

    private final byte[] mean = new byte[SLOTS];
    private final byte[] peak = new byte[SLOTS];
    /** Quarters that are over and not yet in the tables: what is beside the present one must be of an earlier day. */
    private final long[] waiting = {NONE, NONE};
    private final byte[] waitingMean = new byte[2];
    private final byte[] waitingPeak = new byte[2];
    private double upper;
    private double central;
    private double lower;
    private double upperPeak;
    private double before;
    private boolean known;

    WeekProfile() {
        Arrays.fill(mean, NEVER);
        Arrays.fill(peak, NEVER);
    }

    private static double[] rates() {
        double[] rates = new double[256];
        for (int i = 1; i < 255; i++) {
            rates[i] = LEAST * Math.exp((i - 1) / PER_E);
        }
        rates[255] = Double.NaN;
        return rates;
    }

    /** The quarter of an hour of a time, counted so that each Monday begins a week. */
    static long slotOf(long second) {
        return Math.floorDiv(second + 3 * 86_400L, (long) SLOT_SECONDS);
    }

    double upper() {
        return upper;
    }

    double central() {
        return central;
    }

    double lower() {
        return lower;
    }

    double upperPeak() {
        return upperPeak;
    }

    /** What it was more than two days ago; not a number where that is unknown. */
    double before() {
        return before;
    }

    /** Whether this quarter was seen on an earlier day. */
    boolean isKnown() {
        return known;
    }

    private static double rate(byte[] table, long slot) {
        return RATE[table[(int) Math.floorMod(slot, (long) SLOTS)] & 0xff];
    }

    private static boolean isWeekend(long slot) {
        return Math.floorMod(slot, (long) SLOTS) / DAY > FRIDAY;
    }

    /**
     * Looks up what is expected in a quarter.
     *
     * @param mostSeen the busiest minutes of all
     * @param young whether no whole week was seen: then as much as was seen at any hour is usual at every hour
     */
    void expect(long slot, double mostSeen, boolean young) {
        upper = 0;
        upperPeak = 0;
        lower = Double.POSITIVE_INFINITY;
        known = false;
        before = beforeRate(slot);
        for (int offset = -SILENCE_REACH; offset <= SILENCE_REACH; offset++) {
            look(slot + offset, offset);
        }
        if (!known) {
            upper = Math.max(COLD_FLOOR, COLD_FACTOR * mostSeen);
            upperPeak = upper;
            central = upper;
            lower = 0;
        }
        upper = Math.max(upper, young ? Math.max(FLOOR, mostSeen) : FLOOR);
        upperPeak = Math.max(upperPeak, upper);
        central = Math.max(central, FLOOR / 5);
    }

    private void look(long slot, int offset) {
        double sum = 0;
        int count = 0;
        double least = Double.POSITIVE_INFINITY;
        double nextLeast = Double.POSITIVE_INFINITY;
        double lastWeek = rate(mean, slot);
        double yesterday = rate(mean, slot - DAY);
        boolean yesterdayCounts = !Double.isNaN(yesterday) && isWeekend(slot) == isWeekend(slot - DAY);
        for (int back = 1; back <= 7; back++) {
            double that = rate(mean, slot - (long) back * DAY);
            if (!Double.isNaN(that) && isWeekend(slot) == isWeekend(slot - (long) back * DAY)) {
                sum += that;
                count++;
                nextLeast = Math.min(nextLeast, Math.max(least, that));
                least = Math.min(least, that);
            }
        }
        double highest = yesterdayCounts ? yesterday : 0;
        if (!Double.isNaN(lastWeek)) {
            highest = Math.max(highest, lastWeek);
        } else if (count == 0 && !Double.isNaN(yesterday)) {
            sum = yesterday;
            count = 1;
            least = yesterday;
            yesterdayCounts = true;
        }
        if (count == 0) {
            return;
        }
        double usual = sum / count;
        lower = Math.min(lower, count < MANY_DAYS ? least : nextLeast);
        if (Math.abs(offset) <= BURST_REACH) {
            upper = Math.max(upper, Math.max(highest, usual));
            double lastPeak = rate(peak, slot);
            upperPeak = Math.max(upperPeak, Double.isNaN(lastPeak) ? 0 : lastPeak);
            upperPeak = Math.max(upperPeak, yesterdayCounts ? rate(peak, slot - DAY) : 0);
        }
        if (offset == 0) {
            known = true;
            central = usual;
        }
    }

    private double beforeRate(long slot) {
        double sum = 0;
        int count = 0;
        for (int back = YOUNG; back <= 7; back++) {
            double that = rate(mean, slot - (long) back * DAY);
            if (!Double.isNaN(that) && isWeekend(slot) == isWeekend(slot - (long) back * DAY)) {
                sum += that;
                count++;
            }
        }
        double usual = count == 0 ? Double.NaN : sum / count;
        double lastWeek = rate(mean, slot);
        return lastWeek > WEEKLY_JOB * usual ? lastWeek : usual;
    }

    /** A quarter is over; it takes its place in the tables when the next two are over too. */
    void learn(long slot, double meanRate, double peakRate) {
        if (waiting[1] != NONE) {
            int index = (int) Math.floorMod(waiting[1], (long) SLOTS);
            mean[index] = waitingMean[1];
            peak[index] = waitingPeak[1];
        }
        waiting[1] = waiting[0];
        waitingMean[1] = waitingMean[0];
        waitingPeak[1] = waitingPeak[0];
        waiting[0] = slot;
        waitingMean[0] = code(meanRate);
        waitingPeak[0] = code(Math.max(meanRate, peakRate));
    }

    private static byte code(double rate) {
        if (rate < LEAST) {
            return 0;
        }
        return (byte) Math.clamp(Math.round(Math.log(rate / LEAST) * PER_E) + 1, 1, 254);
    }

    /** The level has changed for good: all that was learned is multiplied. */
    void rescale(double factor) {
        int shift = (int) Math.round(Math.log(factor) * PER_E);
        for (byte[] table : List.of(mean, peak, waitingMean, waitingPeak)) {
            for (int i = 0; i < table.length; i++) {
                table[i] = shifted(table[i], shift);
            }
        }
    }

    private static byte shifted(byte code, int shift) {
        int old = code & 0xff;
        return code == 0 || code == NEVER ? code : (byte) Math.clamp(old + shift, 1, 254);
    }

    void write(ByteBuffer buffer) {
        buffer.put(mean).put(peak).put(waitingMean).put(waitingPeak).putLong(waiting[0]).putLong(waiting[1]);
    }

    void read(ByteBuffer buffer) {
        buffer.get(mean).get(peak).get(waitingMean).get(waitingPeak);
        waiting[0] = buffer.getLong();
        waiting[1] = buffer.getLong();
    }
}
