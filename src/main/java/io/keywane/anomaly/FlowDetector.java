package io.keywane.anomaly;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds what is unusual in a flow of counts, such as the requests of a key minute by minute.
 *
 * <p>Expectations come from the same times of the last seven days ({@link WeekProfile}), and evidence is counted in
 * standard deviations of what this series usually does ({@link Noise}). A sample after a gap is skipped: nobody knows
 * whether it holds the gap's counts.
 *
 * <p>One incident is new once: it goes on until half an hour was calm. What comes back in the same direction opens it
 * again, within a day, or four after one that lasted, unless by ratio and by count it is twice the most that was seen. So
 * does a burst within hours of the notice of a slow rise. After 14 hours open in all it is the new level.
 */
final class FlowDetector {
    /** A week and half an hour. */
    private static final long YOUNG_SLOTS = 674;
    private static final long SLOW_AFTER = 7 * 86_400L;
    private static final long BLIND_SECONDS = 7_200;
    /** So long open in all, and it is the new level. */
    private static final long ADOPT_SECONDS = 14 * 3_600L;
    private static final long SHIFT_SECONDS = 3 * 3_600L;
    /** What comes back belongs to an incident for so many times as long as that lasted, within these bounds. */
    private static final long SAME_TIMES = 6;
    private static final long SAME_LEAST_SECONDS = 86_400;
    private static final long SAME_MOST_SECONDS = 4 * 86_400L;
    /** What a slow rise announced may break through within this span, up to so many times the rise. */
    private static final long BREAKTHROUGH_SECONDS = 8 * 3_600L;
    private static final double BREAKTHROUGH = 4;
    private static final long CALM_SECONDS = 1_800;
    private static final long NO_SLOW_AFTER_BURST = 4 * 86_400L;
    private static final long NO_SLOW_AFTER_SLOW = 7 * 86_400L;
    private static final double SILENCE_ALARM = 5.5;
    /** In the first week, when no weekend was seen yet, evidence must be so many times as strong. */
    private static final double YOUNG_ALARM = 2;
    private static final double STRONGER = 2;
    private static final double QUIET_HOURS = 0.25;
    private static final int PEAK_SAMPLES = 5;
    private static final double DAY_MEMORY = Math.pow(0.5, 1 / 1_440.0);

    private final WeekProfile profile = new WeekProfile();
    private final Noise noise = new Noise();
    private final Excess excess = new Excess();
    private final SlowRise slow = new SlowRise();
    private boolean started;
    private long first;
    private long last;
    private long step = Long.MAX_VALUE;
    private long slot;
    private double slotSum;
    private int slotCount;
    private double peakSum;
    private int peakCount;
    private double slotPeak;
    private double mostSeen;
    private double typical;
    private double previous = -1;
    private double silentExpected;
    private int silentCount;
    private long silentSince;
    private int direction;
    private boolean reported;
    private boolean atQuietHours;
    private boolean lasting;
    private long onset;
    private double strongest;
    private double incidentCount;
    private double incidentExpected;
    private long calmSince;
    private double mostActual;
    private long openSeconds;
    private long sameUntil = Long.MIN_VALUE / 2;
    private int resolvedDirection;
    private long noSlowUntil = Long.MIN_VALUE / 2;

    Verdict observe(Instant at, double value) {
        long now = at.getEpochSecond();
        if (!started) {
            started = true;
            first = now;
            last = now;
            slot = WeekProfile.slotOf(now);
            expect();
        }
        long elapsed = now - last;
        last = now;
        advance(WeekProfile.slotOf(now));
        if (elapsed > 0 && elapsed < step) {
            step = elapsed;
        }
        if (elapsed <= 0 || elapsed > step + step / 2) {
            previous = -1;
            return Verdict.QUIET;
        }
        count(value);
        return now - first < BLIND_SECONDS ? Verdict.QUIET : judge(at, value);
    }

    /** What is usual at the time of the latest sample; empty until this time of the day was seen before. */
    Optional<Band> band() {
        return profile.isKnown()
                ? Optional.of(new Band(profile.lower(), profile.central(), profile.upperPeak()))
                : Optional.empty();
    }

    private void advance(long nowSlot) {
        if (nowSlot == slot) {
            return;
        }
        endSlot();
        slot = nowSlot;
        slotSum = 0;
        slotCount = 0;
        slotPeak = 0;
        peakSum = 0;
        peakCount = 0;
        expect();
    }

    private boolean isYoung() {
        return slot - WeekProfile.slotOf(first) < YOUNG_SLOTS;
    }

    private void expect() {
        profile.expect(slot, mostSeen, isYoung());
    }

    private void endSlot() {
        long full = WeekProfile.SLOT_SECONDS / Math.min(step, WeekProfile.SLOT_SECONDS);
        if (slotCount == 0 || 3L * slotCount < full) {
            return;
        }
        double mean = slotSum / slotCount;
        if (profile.isKnown() && direction == 0 && 2L * slotCount > full) {
            noise.learnSlot(slotSum, profile.central() * slotCount, slotCount);
        }
        mostSeen = Math.max(mostSeen * 0.9995, slotPeak);
        // A burst is learned, so that a weekly job is excused; silence is not.
        double learned = direction < 0 && profile.isKnown() ? Math.max(mean, profile.central()) : mean;
        profile.learn(slot, learned, direction < 0 ? Math.max(slotPeak, profile.upperPeak()) : slotPeak);
    }

    private void count(double value) {
        slotSum += value;
        slotCount++;
        peakSum += value;
        peakCount++;
        if (peakCount == PEAK_SAMPLES) {
            slotPeak = Math.max(slotPeak, peakSum / PEAK_SAMPLES);
            peakSum = 0;
            peakCount = 0;
        }
        if (previous >= 0 && direction == 0) {
            noise.learnPair(previous, value);
        }
        previous = value;
        typical = typical * DAY_MEMORY + (1 - DAY_MEMORY) * value;
    }

    private Verdict judge(Instant at, double value) {
        long now = at.getEpochSecond();
        boolean young = isYoung();
        double hourly = noise.lasting(young);
        excess.add(value, profile, noise, hourly);
        double silence = silence(now, value, hourly);
        if (direction != 0) {
            return goOn(now, value, silence);
        }
        double alarm = young ? YOUNG_ALARM : 1;
        if (excess.strength() >= alarm && excess.strength() >= silence) {
            return begin(now, 1, excess.strength());
        }
        if (silence >= alarm) {
            return begin(now, -1, silence);
        }
        return slow(now, value);
    }

    private double silence(long now, double value, double hourly) {
        if (value > 0) {
            silentExpected = 0;
            silentCount = 0;
            return 0;
        }
        if (silentCount == 0) {
            silentSince = now;
        }
        silentExpected += profile.lower();
        silentCount++;
        return silentCount < 2
                ? 0
                : -Noise.deviation(0, silentExpected, noise.quick() / silentCount + hourly) / SILENCE_ALARM;
    }

    private Verdict begin(long now, int towards, double strength) {
        boolean same = resolvedDirection == towards && now < sameUntil && !isStronger(towards);
        direction = towards;
        calmSince = now;
        reported = !same;
        return same ? Verdict.goesOn(anomaly(strength)) : report(now, strength);
    }

    /** So much more than the incident before, by ratio and by count, that it is another one. */
    private boolean isStronger(int towards) {
        return towards > 0 && excess.strength() >= 1 && excess.ratio() >= STRONGER * strongest
                && excess.actual() >= STRONGER * mostActual;
    }

    private Verdict report(long now, double strength) {
        reported = true;
        onset = direction > 0 ? now : silentSince;
        incidentCount = 0;
        incidentExpected = 0;
        openSeconds = 0;
        strongest = direction > 0 ? excess.ratio() : 1;
        mostActual = direction > 0 ? excess.actual() : 0;
        lasting = false;
        atQuietHours = profile.isKnown() && profile.central() < QUIET_HOURS * typical;
        noSlowUntil = Math.max(noSlowUntil, direction > 0 ? now + NO_SLOW_AFTER_BURST : now);
        return Verdict.begins(anomaly(strength));
    }

    private AnomalyKind kind() {
        if (direction < 0) {
            return AnomalyKind.SILENCE;
        }
        if (lasting) {
            return AnomalyKind.LEVEL_SHIFT;
        }
        return atQuietHours ? AnomalyKind.UNUSUAL_HOURS : AnomalyKind.SPIKE;
    }

    private Anomaly anomaly(double strength) {
        double expected = direction > 0 ? excess.usual() : silentExpected / Math.max(1, silentCount);
        return new Anomaly(kind(), Grade.PAGE, Instant.ofEpochSecond(onset), expected,
                direction > 0 ? excess.actual() : 0, Math.clamp(strength - 1, 0, 1));
    }

    private Verdict goOn(long now, double value, double silence) {
        incidentCount += value;
        openSeconds += step;
        incidentExpected += profile.central();
        if (!reported && isStronger(direction)) {
            calmSince = now;
            return report(now, excess.strength());
        }
        if (direction > 0 && reported && excess.strength() >= 1) {
            strongest = Math.max(strongest, excess.ratio());
            mostActual = Math.max(mostActual, excess.actual());
        }
        if (direction > 0 ? !excess.isCalm() : silence >= 0.3) {
            calmSince = now;
        }
        if (openSeconds >= ADOPT_SECONDS) {
            adopt();
            end(now);
            return Verdict.QUIET;
        }
        if (now - calmSince >= CALM_SECONDS) {
            end(now);
            excess.settle();
            return Verdict.QUIET;
        }
        lasting = direction > 0 && openSeconds >= SHIFT_SECONDS;
        return Verdict.goesOn(anomaly(direction > 0 ? excess.strength() : silence));
    }

    private void adopt() {
        if (direction > 0 && profile.isKnown() && incidentExpected > 0) {
            profile.rescale(Math.max(0.3, incidentCount / incidentExpected));
            expect();
            excess.clear();
        }
    }

    private void end(long now) {
        long lasted = reported ? now - onset : 0;
        sameUntil = Math.max(resolvedDirection == direction ? sameUntil : now,
                now + Math.clamp(SAME_TIMES * lasted, SAME_LEAST_SECONDS, SAME_MOST_SECONDS));
        resolvedDirection = direction;
        direction = 0;
        slow.clear();
    }

    private Verdict slow(long now, double value) {
        if (now - first < SLOW_AFTER) {
            return Verdict.QUIET;
        }
        double perHour = 3_600.0 / step;
        slow.add(now, perHour, value, profile);
        double strength = now < noSlowUntil ? 0 : slow.strength();
        if (strength < 1) {
            return Verdict.QUIET;
        }
        noSlowUntil = now + NO_SLOW_AFTER_SLOW;
        expectBreakthrough(now);
        return Verdict.begins(new Anomaly(AnomalyKind.SLOW_LEAK, Grade.NOTICE, Instant.ofEpochSecond(now),
                slow.usual(perHour), slow.usual(perHour) * slow.ratio(), Math.clamp(strength - 1, 0, 1)));
    }

    /** A burst soon after a slow rise is that rise, grown clear: one incident. */
    private void expectBreakthrough(long now) {
        resolvedDirection = 1;
        sameUntil = now + BREAKTHROUGH_SECONDS;
        strongest = BREAKTHROUGH / STRONGER * slow.ratio();
        mostActual = typical;
        atQuietHours = false;
        onset = now;
        openSeconds = 0;
        incidentCount = 0;
        incidentExpected = 0;
        lasting = false;
    }

    void write(ByteBuffer buffer) {
        profile.write(buffer);
        noise.write(buffer);
        excess.write(buffer);
        slow.write(buffer);
        buffer.put((byte) (started ? 1 : 0)).put((byte) direction).put((byte) resolvedDirection)
                .put((byte) (reported ? 1 : 0)).put((byte) (atQuietHours ? 1 : 0)).put((byte) (lasting ? 1 : 0));
        buffer.putLong(first).putLong(last).putLong(step).putLong(slot).putLong(silentSince).putLong(onset)
                .putLong(openSeconds).putLong(calmSince).putLong(sameUntil).putLong(noSlowUntil);
        buffer.putInt(slotCount).putInt(peakCount).putInt(silentCount);
        for (double one : new double[]{slotSum, peakSum, slotPeak, mostSeen, typical, previous, silentExpected,
            strongest, incidentCount, incidentExpected, mostActual}) {
            buffer.putDouble(one);
        }
    }

    /** @param withoutCount the first format: when the incident was opened instead of for how long it was open, and no count */
    void read(ByteBuffer buffer, boolean withoutCount) {
        profile.read(buffer);
        noise.read(buffer);
        excess.read(buffer);
        slow.read(buffer);
        started = buffer.get() == 1;
        direction = buffer.get();
        resolvedDirection = buffer.get();
        reported = buffer.get() == 1;
        atQuietHours = buffer.get() == 1;
        lasting = buffer.get() == 1;
        first = buffer.getLong();
        last = buffer.getLong();
        step = buffer.getLong();
        slot = buffer.getLong();
        silentSince = buffer.getLong();
        onset = buffer.getLong();
        long open = buffer.getLong();
        openSeconds = withoutCount ? Math.max(0, last - open) : open;
        calmSince = buffer.getLong();
        sameUntil = buffer.getLong();
        noSlowUntil = buffer.getLong();
        slotCount = buffer.getInt();
        peakCount = buffer.getInt();
        silentCount = buffer.getInt();
        slotSum = buffer.getDouble();
        peakSum = buffer.getDouble();
        slotPeak = buffer.getDouble();
        mostSeen = buffer.getDouble();
        typical = buffer.getDouble();
        previous = buffer.getDouble();
        silentExpected = buffer.getDouble();
        strongest = buffer.getDouble();
        incidentCount = buffer.getDouble();
        incidentExpected = buffer.getDouble();
        mostActual = withoutCount ? 0 : buffer.getDouble();
        if (started) {
            expect();
        }
    }
}
