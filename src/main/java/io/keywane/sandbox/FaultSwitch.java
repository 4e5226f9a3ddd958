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
        if (now.errorBurst() == 0 && now.errorShare() == 0) {
            return new FaultDraw(now, false);
        }
        return drawError();
    }

    private synchronized FaultDraw drawError() {
        if (burstLeft > 0) {
            burstLeft--;
            return new FaultDraw(faults, true);
        }
        return new FaultDraw(faults, random.nextDouble() < faults.errorShare());
    }
}
