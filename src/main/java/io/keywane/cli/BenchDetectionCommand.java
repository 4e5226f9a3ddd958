package io.keywane.cli;

import io.keywane.anomaly.AnomalyDetector;
import io.keywane.control.ControlException;
import io.keywane.control.ExitCode;
import io.keywane.control.WireJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code bench detection}: runs the daemon's anomaly detector over a folder of series and writes its scores. */
@Command(name = "detection", header = "Run the anomaly detector over a folder of series.",
        mixinStandardHelpOptions = true, footer = {
            "", "Example:", "  $ keywane bench detection --input corpus --output results",
            "Reads every corpus/CATEGORY/FILE.csv (or corpus/data/CATEGORY/FILE.csv) with the columns",
            "timestamp,value and writes results/CATEGORY/FILE.csv with the columns timestamp,anomaly_score.",
            "0.5 is the alarm threshold, 0.75 that of a page; only the first point of an incident is above 0.",
            "Every series starts with an empty detector; its times are taken as UTC."})
final class BenchDetectionCommand implements Callable<Integer> {
    /** The forms of the summary; lower case, since they are typed. */
    enum Form {
        table, json
    }

    private static final double ALARM = 0.5;

    private final CliContext context;

    @Option(names = "--input", required = true, paramLabel = "DATA", description = "The folder of series.")
    private Path input = Path.of("");

    @Option(names = "--output", required = true, paramLabel = "RESULTS",
            description = "The folder for the scores; made if it is missing, files in it are overwritten.")
    private Path results = Path.of("");

    @Option(names = "--format", paramLabel = "table|json",
            description = "How the summary is printed (default: table).")
    private Form form = Form.table;

    private final Map<String, Tally> tallies = new TreeMap<>();

    /** What was done for one category, or for all. */
    private static final class Tally {
        private int series;
        private long points;
        private int alarms;
        private long nanos;
        private int stateBytes;

        void add(Tally other) {
            series += other.series;
            points += other.points;
            alarms += other.alarms;
            nanos += other.nanos;
            stateBytes = Math.max(stateBytes, other.stateBytes);
        }

        long perSecond() {
            return nanos == 0 ? 0 : Math.round(points * 1e9 / nanos);
        }

        ObjectNode write(ObjectNode json) {
            return json.put("series", series).put("points", points).put("alarms", alarms)
                    .put("points_per_second", perSecond()).put("largest_state_bytes", stateBytes);
        }

        List<String> row(String name) {
            return List.of(name, String.valueOf(series), String.valueOf(points), String.valueOf(alarms),
                    String.format(Locale.ROOT, "%,d", perSecond()), String.valueOf(stateBytes));
        }
    }

    BenchDetectionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Path root = root();
        List<Path> files = series(root);
        for (int i = 0; i < files.size(); i++) {
            progress("\r" + (i + 1) + " of " + files.size() + " series");
            detect(root, root.relativize(files.get(i)));
        }
        progress("\r");
        print();
        return ExitCode.DONE.number();
    }

    /** The folder of categories: the one named, or {@code data} in it. */
    private Path root() {
        if (!Files.isDirectory(input)) {
            throw new ControlException(ExitCode.NOT_FOUND, "no folder " + input, "name a folder with --input");
        }
        Path data = input.resolve("data");
        return Files.isDirectory(data) ? data : input;
    }

    private static List<Path> series(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 2)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().endsWith(".csv"))
                    .filter(Files::isRegularFile).sorted().toList();
            if (found.isEmpty()) {
                throw new ControlException(ExitCode.NOT_FOUND, "no series in " + root,
                        "series are CATEGORY/FILE.csv; see: keywane bench detection --help");
            }
            return found;
        }
    }

    private void detect(Path root, Path name) throws IOException {
        List<BenchSeries.Point> points = BenchSeries.read(root.resolve(name)).points();
        double[] scores = new double[points.size()];
        AnomalyDetector detector = new AnomalyDetector();
        long before = System.nanoTime();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = detector.observe(points.get(i).at(), points.get(i).value()).score();
        }
        Tally tally = new Tally();
        tally.nanos = System.nanoTime() - before;
        tally.series = 1;
        tally.points = scores.length;
        tally.stateBytes = detector.snapshot().length;
        for (double score : scores) {
            tally.alarms += score >= ALARM ? 1 : 0;
        }
        Path category = name.getParent();
        tallies.computeIfAbsent(category == null ? "." : category.toString(), _ -> new Tally()).add(tally);
        write(results.resolve(name), points, scores);
    }

    private static void write(Path file, List<BenchSeries.Point> points, double[] scores) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("timestamp,anomaly_score\n");
            for (int i = 0; i < scores.length; i++) {
                writer.write(points.get(i).time());
                writer.write(scores[i] == 0 ? ",0\n" : String.format(Locale.ROOT, ",%.4f\n", scores[i]));
            }
        }
    }

    private void progress(String text) {
        if (context.terminal().isPresent()) {
            context.err().print(text);
            context.err().flush();
        }
    }

    private void print() {
        Tally all = new Tally();
        tallies.values().forEach(all::add);
        if (form == Form.json) {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION);
            all.write(json);
            ArrayNode categories = json.putArray("categories");
            tallies.forEach((name, tally) -> tally.write(categories.addObject().put("category", name)));
            context.out().println(WireJson.pretty(json));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        tallies.forEach((name, tally) -> rows.add(tally.row(name)));
        rows.add(all.row("all"));
        Tables.of(List.of("CATEGORY", "SERIES", "POINTS", "ALARMS", "POINTS/S", "STATE BYTES"), rows)
                .forEach(context.out()::println);
    }
}
