package io.keywane.usage;

import java.util.Collection;

/**
 * How hard others use a key over all its groups.
 *
 * @param loPerMinute the least requests a minute
 * @param hiPerMinute the most
 * @param coverage share of the time that was observed in the group observed least, 0 to 1
 */
public record LoadRate(double loPerMinute, double hiPerMinute, double coverage) {
    public static final LoadRate UNKNOWN = new LoadRate(0, 0, 0);

    /** The sum over groups; unknown if there are none. */
    public static LoadRate sum(Collection<ForeignRate> groups) {
        return new LoadRate(groups.stream().mapToDouble(ForeignRate::loPerMinute).sum(),
                groups.stream().mapToDouble(ForeignRate::hiPerMinute).sum(),
                groups.stream().mapToDouble(ForeignRate::coverage).min().orElse(0));
    }
}
