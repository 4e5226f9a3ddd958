package io.keywane.grafana;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * One dashboard in Grafana's JSON. Its data source is a variable, so that it is imported as it is.
 *
 * @param name of its file, and the end of its uid
 * @param ofKey whether it is about one key, which a variable names
 */
record Dashboard(String name, String title, boolean ofKey, List<Panel> panels) {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int COLUMNS = 24;

    Dashboard {
        requireNonNull(name, "name is null");
        requireNonNull(title, "title is null");
        panels = List.copyOf(panels);
    }

    String json() {
        ObjectNode dashboard = JSON.createObjectNode().put("uid", "keywane-" + name).put("title", title)
                .put("description", "Made by code in src/test/java/io/keywane/grafana: change it there.")
                .put("schemaVersion", 39).put("version", 1).put("editable", true).put("timezone", "utc")
                .put("refresh", "30s").put("graphTooltip", 1);
        dashboard.putArray("tags").add("keywane");
        dashboard.putObject("time").put("from", ofKey ? "now-24h" : "now-6h").put("to", "now");
        dashboard.putArray("links").addObject().put("title", "Keywane").put("type", "dashboards")
                .put("asDropdown", true)
                .put("includeVars", true).put("keepTime", true).putArray("tags").add("keywane");
        variables(dashboard.putObject("templating").putArray("list"));
        panels(dashboard.putArray("panels"));
        return JSON.writeValueAsString(dashboard) + "\n";
    }

    private void variables(ArrayNode list) {
        list.addObject().put("name", "datasource").put("label", "Data source").put("type", "datasource")
                .put("query", "prometheus");
        if (ofKey) {
            String query = "label_values(keywane_key_versions, key)";
            ObjectNode variable = list.addObject().put("name", "key").put("label", "Key").put("type", "query")
                    .put("definition", query).put("refresh", 2).put("sort", 1).put("includeAll", false)
                    .put("multi", false);
            source(variable);
            variable.putObject("query").put("query", query).put("refId", "key");
        }
    }

    private static void source(ObjectNode node) {
        node.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    }

    /** From left to right, row by row. */
    private void panels(ArrayNode list) {
        int x = 0;
        int y = 0;
        int tallest = 0;
        int id = 1;
        for (Panel panel : panels) {
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += tallest;
                tallest = 0;
            }
            ObjectNode node = list.addObject().put("id", id++).put("type", panel.type()).put("title", panel.title())
                    .put("description", panel.description());
            source(node);
            node.putObject("gridPos").put("h", panel.height()).put("w", panel.width()).put("x", x).put("y", y);
            fields(node, panel);
            targets(node.putArray("targets"), panel);
            x += panel.width();
            tallest = Math.max(tallest, panel.height());
        }
    }

    private static void fields(ObjectNode node, Panel panel) {
        ObjectNode defaults = node.putObject("fieldConfig").putObject("defaults")
                .put("unit", panel.unit());
        ((ObjectNode) node.get("fieldConfig")).putArray("overrides");
        switch (panel.type()) {
            case "timeseries" -> defaults.put("min", 0);
            case "state-timeline" -> {
                ObjectNode names = defaults.putArray("mappings").addObject().put("type", "value").putObject("options");
                names.putObject("1").put("text", "yes").put("color", "green");
                names.putObject("0").put("text", "no").put("color", "transparent");
            }
            default -> defaults.putObject("color").put("mode", "thresholds");
        }
        ObjectNode options = node.putObject("options");
        if (panel.type().equals("stat")) {
            options.putObject("reduceOptions").putArray("calcs").add("lastNotNull");
        }
        if (panel.type().equals("timeseries")) {
            options.putObject("legend").put("displayMode", "table").put("placement", "bottom").putArray("calcs")
                    .add("lastNotNull");
        }
    }

    private static void targets(ArrayNode targets, Panel panel) {
        char id = 'A';
        for (Panel.Query query : panel.queries()) {
            ObjectNode target = targets.addObject().put("refId", String.valueOf(id++))
                    .put("expr", query.expression()).put("legendFormat", query.legend());
            source(target);
            if (panel.type().equals("table")) {
                target.put("instant", true).put("range", false).put("format", "table");
            }
        }
    }
}
