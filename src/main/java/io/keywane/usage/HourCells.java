package io.keywane.usage;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Use by the hour of the week, and the rhythms that show in it. */
final class HourCells {
    private static final int DAY = 24;
    private static final int DAYS = 7;
    private static final long HOUR_SECONDS = 3_600;
    /** An hour counts as seen if at least half of it was. */
    private static final Duration LEAST_SEEN = Duration.ofMinutes(30);
    /** An hour counts as used if a request is more likely than not. */
    private static final double USED = 0.5;
    /** How far a regular hour stands out over the typical one. */
    private static final double STANDS_OUT = 3;
    /** In how many of a hundred weeks, or days, a regular hour is used at least. */
    private static final int REGULAR_PERCENT = 80;
    private static final int LEAST_WEEKS = 3;
    private static final int LEAST_DAYS = 4;
    /** What lasts longer is not a job but a working day. */
    private static final int LONGEST_JOB = 6;

    private final double[] lo = new double[HourlyLoad.HOURS];
    private final double[] hi = new double[HourlyLoad.HOURS];
    private final int[] seen = new int[HourlyLoad.HOURS];
    private final int[] used = new int[HourlyLoad.HOURS];
    private ForeignRate whole = ForeignRate.NONE;
    private ForeignRate hour = ForeignRate.NONE;
    private long present = Long.MIN_VALUE;

    /** Adds use that was counted in the time that ends here. */
    void add(Instant at, ForeignRate use) {
        long of = Math.floorDiv(at.getEpochSecond() - 1, HOUR_SECONDS);
        if (of != present) {
            settle();
            present = of;
        }
        hour = hour.then(use);
        whole = whole.then(use);
    }

    /** The load that was seen. */
    HourlyLoad load() {
        settle();
        return new HourlyLoad(lo, hi, seen, whole);
    }

    private void settle() {
        if (hour.covered().compareTo(LEAST_SEEN) >= 0) {
            int cell = HourlyLoad.hourOfWeek(Instant.ofEpochSecond(present * HOUR_SECONDS));
            lo[cell] += 60 * hour.loPerMinute();
            hi[cell] += 60 * hour.hiPerMinute();
            seen[cell]++;
            used[cell] += hour.lo() >= USED ? 1 : 0;
        }
        hour = ForeignRate.NONE;
    }

    /** The hours that stand out regularly, contiguous ones of the same days joined. */
    List<Rhythm> rhythms() {
        settle();
        double typical = typical();
        List<Set<DayOfWeek>> days = new ArrayList<>();
        for (int h = 0; h < DAY; h++) {
            days.add(regularDays(h, typical));
        }
        List<Rhythm> found = new ArrayList<>();
        for (int h = 0; h < DAY; h++) {
            Set<DayOfWeek> of = days.get(h);
            if (of.isEmpty() || of.equals(days.get((h + DAY - 1) % DAY))) {
                continue;
            }
            int hours = 1;
            while (hours < DAY && days.get((h + hours) % DAY).equals(of)) {
                hours++;
            }
            if (hours <= LONGEST_JOB) {
                found.add(new Rhythm(of, h, hours));
            }
        }
        return found;
    }

    private Set<DayOfWeek> regularDays(int h, double typical) {
        int allSeen = 0;
        int allUsed = 0;
        double allLo = 0;
        boolean weeks = true;
        Set<DayOfWeek> regular = new TreeSet<>();
        for (int day = 0; day < DAYS; day++) {
            int cell = day * DAY + h;
            allSeen += seen[cell];
            allUsed += used[cell];
            allLo += lo[cell];
            weeks &= seen[cell] >= LEAST_WEEKS;
            if (seen[cell] >= LEAST_WEEKS && isRegular(seen[cell], used[cell], lo[cell], typical)) {
                regular.add(DayOfWeek.of(day + 1));
            }
        }
        if (allSeen >= LEAST_DAYS && isRegular(allSeen, allUsed, allLo, typical)) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        return weeks ? regular : Set.of();
    }

    private static boolean isRegular(int seen, int used, double lo, double typical) {
        return used * 100 >= seen * REGULAR_PERCENT && lo / seen >= Math.max(USED, STANDS_OUT * typical);
    }

    /** The most requests in the hour that half of the hours stay below. */
    private double typical() {
        double[] means = new double[HourlyLoad.HOURS];
        int count = 0;
        for (int cell = 0; cell < HourlyLoad.HOURS; cell++) {
            if (seen[cell] > 0) {
                means[count++] = hi[cell] / seen[cell];
            }
        }
        double[] sorted = Arrays.copyOf(means, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[count / 2];
    }
}
