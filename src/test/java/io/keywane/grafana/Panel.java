package io.keywane.grafana;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One panel of a dashboard.
 *
 * @param type Grafana's word
 * @param description what it tells, and what to make of it
 * @param unit Grafana's word for the unit of its values
 * @param width of 24 columns
 * @param height in rows
 */
record Panel(String type, String title, String description, String unit, int width, int height, List<Query> queries) {
    Panel {
        requireNonNull(type, "type is null");
        requireNonNull(title, "title is null");
        requireNonNull(description, "description is null");
        requireNonNull(unit, "unit is null");
        queries = List.copyOf(queries);
    }

    /** One query of Prometheus, and how its series are named. */
    record Query(String expression, String legend) {
        Query {
            requireNonNull(expression, "expression is null");
            requireNonNull(legend, "legend is null");
        }
    }

    static Panel stat(String title, String unit, String description, Query... queries) {
        return new Panel("stat", title, description, unit, 6, 4, List.of(queries));
    }

    static Panel lines(String title, String unit, String description, Query... queries) {
        return new Panel("timeseries", title, description, unit, 12, 8, List.of(queries));
    }

    /** One row for each series, by its latest value. */
    static Panel table(String title, String unit, String description, Query query) {
        return new Panel("table", title, description, unit, 12, 8, List.of(query));
    }

    /** Which of several states holds, over time. */
    static Panel states(String title, String description, Query query) {
        return new Panel("state-timeline", title, description, "none", 24, 8, List.of(query));
    }

    static Query query(String expression, String legend) {
        return new Query(expression, legend);
    }
}
