package io.keywane.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Numbers as a row of bars: lowest bar for zero, a dot where nothing was observed. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String UNOBSERVED = "·";

    private Sparkline() {}

    static String of(List<Optional<Long>> values) {
        long most = values.stream().flatMap(Optional::stream).mapToLong(Long::longValue).max().orElse(0);
        return values.stream().map(value -> value.map(number -> bar(number, most)).orElse(UNOBSERVED))
                .collect(Collectors.joining());
    }

    /** A number above zero is never drawn as zero. */
    private static String bar(long value, long most) {
        int top = BARS.length() - 1;
        int height = most == 0 ? 0 : (int) Math.ceil((double) value * top / most);
        return BARS.substring(height, height + 1);
    }
}
