package io.keywane.usage;

import io.keywane.usage.WindowModel.Kind;

import java.time.Duration;
import java.util.List;

/**
 * Whether the API shows always the same of its windows, or the one that is fullest in proportion, as far as answers tell. It
 * is taken for the fullest until an answer shows a window while another was fuller for certain.
 */
public final class WindowDisplay {
    private boolean isFixed;
    private boolean isChosen;
    private long lastShown;
    private long lastOther;

    /**
     * Takes in an answer with limit headers.
     *
     * @param own our own requests, this one included
     */
    public void saw(Sample sample, List<WindowModel> windows, List<OwnTime> own) {
        RateLimitReading reading = sample.headers().rateLimit().orElseThrow();
        boolean isAnother = lastShown != 0 && reading.limit() != lastShown
                && windows.stream().anyMatch(w -> w.limit() == lastShown);
        // There and back again: the plan did not change, so the API chooses.
        isChosen |= isAnother && reading.limit() == lastOther;
        lastOther = isAnother ? lastShown : lastOther;
        lastShown = reading.limit();
        windows.stream().filter(w -> w.limit() == reading.limit()).findFirst()
                .ifPresent(shown -> isFixed |= isFullerElsewhere(sample, reading, shown, windows, own));
    }

    /** Whether a window is shown that is not the fullest. */
    public boolean isFixed() {
        return isFixed && !isChosen;
    }

    private static boolean isFullerElsewhere(
            Sample sample, RateLimitReading reading, WindowModel shown, List<WindowModel> windows, List<OwnTime> own) {
        long most = reading.limit() - reading.remaining() + 1;
        return shown.kind() == Kind.ROLLING && windows.stream()
                .filter(w -> w.limit() != shown.limit() && w.kind() == Kind.ROLLING)
                .anyMatch(w -> least(sample, shown, reading, w, own) * shown.limit() > most * w.limit());
    }

    /** What another window holds at least: our own requests, and all that a shorter one shows. */
    private static long least(
            Sample sample, WindowModel shown, RateLimitReading reading, WindowModel other, List<OwnTime> own) {
        Duration sent = sample.sent().sinceBoot();
        Duration from = sample.received().sinceBoot().minus(other.inside());
        long ours = own.stream().filter(OwnTime::isCounted).filter(t -> t.earliest().compareTo(from) > 0)
                .filter(t -> t.latest().compareTo(sent.minus(other.lag())) < 0).count();
        boolean isLonger = other.length().compareTo(shown.length()) > 0;
        return isLonger ? Math.max(ours, reading.limit() - reading.remaining() - 1) : ours;
    }
}
