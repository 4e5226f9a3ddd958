package io.keywane.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;

import java.util.List;
import java.util.stream.Stream;

/** Borderless tables, for people and for {@code awk} alike: one line for each row, nothing cut off. */
final class Tables {
    private static final int WIDEST = 400;

    private Tables() {}

    static List<String> of(List<String> header, List<List<String>> rows) {
        Column[] columns = header.stream().map(Tables::column).toArray(Column[]::new);
        Object[][] data = rows.stream().map(List::toArray).toArray(Object[][]::new);
        String table = AsciiTable.builder().border(AsciiTable.NO_BORDERS).lineSeparator("\n").data(columns, data)
                .asString();
        return Stream.of(table.split("\n")).map(Tables::trimmed).filter(line -> !line.isEmpty()).toList();
    }

    private static Column column(String header) {
        return new Column().header(header).headerAlign(HorizontalAlign.LEFT).dataAlign(HorizontalAlign.LEFT)
                .maxWidth(WIDEST, OverflowBehaviour.CLIP_RIGHT);
    }

    /** Cells are padded by one blank on both sides, which only serves borders. */
    private static String trimmed(String line) {
        return line.startsWith(" ") ? line.substring(1).stripTrailing() : line.stripTrailing();
    }
}
