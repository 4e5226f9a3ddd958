package io.keywane.usage;

import io.keywane.key.Moment;

import static java.util.Objects.requireNonNull;

/**
 * When a key was last used by others: not before one moment, and not after another.
 *
 * @param earliest some use was certainly later than this
 * @param latest no use was later than this, as far as was seen
 */
public record LastUse(Moment earliest, Moment latest) {
    public LastUse {
        requireNonNull(earliest, "earliest is null");
        requireNonNull(latest, "latest is null");
    }

    /**
     * Whether some use was certainly after a moment. A window that reaches back beyond the boot of the host proves nothing
     * of a moment of a former boot.
     */
    public boolean isAfter(Moment moment, Moment now) {
        boolean beyondBoot = earliest.sinceBoot().isNegative() && !earliest.boot().equals(moment.boot());
        return !beyondBoot && earliest.isNotBefore(moment, now);
    }
}
