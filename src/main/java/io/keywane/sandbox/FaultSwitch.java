package io.keywane.sandbox;

import java.util.SplittableRandom;

/** The faults in force. With one seed and one request after another, the same requests fail every time. */
final class FaultSwitch {
    private final SplittableRandom random;
    private volatile Faults faults = Faults.NONE;
    private int burstLeft;

    FaultSwitch(long seed) {
        this.random = new SplittableRandom(seed);
    }

    synchronized void set(Faults value) {
        faults = value;
        burstLeft = value.errorBurst();
    }

    Faults current() {
        return faults;
    }

    FaultDraw draw() {
        Faults now = faults;
        if (now.errorBurst() == 0 && now.errorShare() == 0 && now.lostShare() == 0) {
            return new FaultDraw(now, false, false);
        }
        return drawByChance();
    }

    private synchronized FaultDraw drawByChance() {
        Faults now = faults;
        return new FaultDraw(now, drawError(now), now.lostShare() > 0 && random.nextDouble() < now.lostShare());
    }

    private boolean drawError(Faults now) {
        if (burstLeft > 0) {
            burstLeft--;
            return true;
        }
        return now.errorShare() > 0 && random.nextDouble() < now.errorShare();
    }
}
