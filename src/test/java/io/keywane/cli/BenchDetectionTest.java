package io.keywane.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The bench of the detector over a folder of series; how good the detector is, its own tests and documentation tell. */
final class BenchDetectionTest {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int JUMP = 1_500;

    @TempDir
    private Path directory;
    private Path input;
    private Path results;

    @BeforeEach
    void nameTheFolders() {
        input = directory.resolve("corpus");
        results = directory.resolve("results");
    }

    @Test
    void bench_folderOfSeries_writesAScoreForEachRow() throws IOException {
        List<String> rows = jumping();
        write("data/servers/one.csv", rows);

        Run run = bench();

        List<String> written = Files.readAllLines(results.resolve("servers/one.csv"));
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(written).hasSameSizeAs(rows).startsWith("timestamp,anomaly_score");
        assertThat(written.get(JUMP + 1)).startsWith(rows.get(JUMP + 1).substring(0, 19) + ",0.");
        assertThat(written.subList(JUMP - 50, JUMP)).allSatisfy(row -> assertThat(row).endsWith(",0"));
    }

    @Test
    void bench_seriesAlreadyCategorised_isReadWithoutADataFolder() throws IOException {
        write("servers/one.csv", jumping());

        assertThat(bench().exit()).isZero();
        assertThat(results.resolve("servers/one.csv")).exists();
    }

    @Test
    void bench_jsonSummary_tellsCountsSpeedAndState() throws IOException {
        write("servers/one.csv", jumping());
        write("clients/two.csv", jumping());

        JsonNode json = JsonMapper.shared().readTree(bench("--format", "json").out());

        assertThat(json.at("/series").intValue()).isEqualTo(2);
        assertThat(json.at("/points").intValue()).isEqualTo(2 * (jumping().size() - 1));
        assertThat(json.at("/alarms").intValue()).isPositive();
        assertThat(json.at("/points_per_second").longValue()).isPositive();
        assertThat(json.at("/largest_state_bytes").intValue()).isBetween(100, 4_096);
        assertThat(json.at("/categories/0/category").stringValue()).isEqualTo("clients");
    }

    @Test
    void bench_noSuchFolder_isExit5AndNamesIt() {
        Run run = bench();

        assertThat(run.exit()).isEqualTo(5);
        assertThat(run.err()).startsWith("keywane: no folder " + input + "\nhint: ");
    }

    @Test
    void bench_folderWithoutSeries_isExit5() throws IOException {
        Files.createDirectories(input);

        assertThat(bench().exit()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"2026-03-02 00:05:00|2: need 2 columns, there are 1",
        "yesterday,1|2: 'yesterday' is no time such as 2026-03-02 00:05:00",
        "2026-03-02 00:05:00,many|2: 'many' is no number", "2026-03-02 00:05:00,NaN|2: 'NaN' is no number"})
    void bench_malformedRow_isExit2WithFileAndLine(String row, String message) throws IOException {
        write("servers/bad.csv", List.of("timestamp,value", row));

        Run run = bench();

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("keywane: " + input.resolve("servers/bad.csv") + ":" + message + "\nhint: ");
    }

    @Test
    void bench_headerWithoutTheColumns_isExit2() throws IOException {
        write("servers/bad.csv", List.of("time,load", "2026-03-02 00:05:00,1"));

        assertThat(bench().err()).contains("bad.csv:1: the header must name the columns timestamp and value");
    }

    /** Noise around 50 that jumps to 90. */
    private static List<String> jumping() {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>(List.of("timestamp,value"));
        LocalDateTime time = LocalDateTime.of(2026, 3, 2, 0, 0);
        for (int i = 0; i < 2_000; i++) {
            double value = (i < JUMP ? 50 : 90) + random.nextGaussian();
            rows.add(TIME.format(time.plusMinutes(5L * i)) + "," + value);
        }
        return rows;
    }

    private void write(String name, List<String> rows) throws IOException {
        Path file = input.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, rows);
    }

    private Run bench(String... more) {
        String[] arguments = new String[more.length + 6];
        String[] fixed = {"bench", "detection", "--input", input.toString(), "--output", results.toString()};
        System.arraycopy(fixed, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Run.of(directory.resolve("none"), arguments);
    }
}
