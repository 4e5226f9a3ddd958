package io.keywane.daemon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A scrape in Prometheus' text form, taken apart. */
record Scrape(String text, Map<String, Double> series) {
    private static final Pattern LINE = Pattern.compile("([a-z_]+(?:\\{.*})?) (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

    static Scrape of(Metrics metrics) {
        return of(new String(metrics.scrape(ExpositionFormat.PROMETHEUS_TEXT), StandardCharsets.UTF_8));
    }

    static Scrape of(String text) {
        Map<String, Double> series = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("no series: " + line);
            }
            series.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        });
        return new Scrape(text, series);
    }

    /** The value of one series, written as it is exposed; NaN where it is not. */
    double value(String name) {
        return series.getOrDefault(name, Double.NaN);
    }

    long seriesOf(String name) {
        return series.keySet().stream().filter(s -> name(s).equals(name)).count();
    }

    Set<String> names() {
        return series.keySet().stream().map(Scrape::name).collect(Collectors.toSet());
    }

    /** The sets of label names under which each name is exposed. */
    Map<String, Set<List<String>>> labelSets() {
        return series.keySet().stream().collect(
                Collectors.groupingBy(Scrape::name, TreeMap::new,
                        Collectors.mapping(Scrape::labels, Collectors.toSet())));
    }

    Set<String> families() {
        return Arrays.stream(text.split("\n", -1)).filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ", -1)[2]).collect(Collectors.toSet());
    }

    private static String name(String series) {
        return series.replaceAll("\\{.*", "");
    }

    private static List<String> labels(String series) {
        return LABEL.matcher(series).results().map(match -> match.group(1)).toList();
    }
}
