package io.keywane.cli;

import io.keywane.control.AlertList;
import io.keywane.control.WireJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** A diagnosis that was carried out, for people and as JSON. */
final class RunbookRunText {
    private RunbookRunText() {}

    static List<String> lines(RunbookDiagnosis found, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(found.page().name()) + ": " + found.page().firstParagraph("Meaning"));
        found.ran().forEach(ran -> {
            lines.add("");
            lines.add(
                    style.strong("$ " + ran.command()) + (ran.exit() == 0 ? "" : "  (ended with " + ran.exit() + ")"));
            ran.output().forEach(line -> lines.add("  " + line));
        });
        if (!found.notRun().isEmpty()) {
            lines.add("");
            lines.add("Not run");
            found.notRun().forEach(each -> lines.add("  " + each.command() + "  (" + each.why() + ")"));
        }
        lines.add("");
        lines.add("Findings");
        findings(found, style).forEach(line -> lines.add("  " + line));
        lines.add("Next");
        next(found).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> findings(RunbookDiagnosis found, Style style) {
        List<String> lines = new ArrayList<>();
        found.unreachable().ifPresent(why -> lines.add(style.bad(why)));
        for (AlertList.Alert alert : found.alerts()) {
            lines.add(style.bad(alert.name()) + " fires for " + alert.key().or(alert::organisation).orElse("-")
                    + " since " + Style.time(alert.since()) + ": " + alert.summary());
        }
        found.ran().stream().filter(ran -> ran.exit() != 0)
                .forEach(ran -> lines.add("`" + ran.command() + "` ended with " + ran.exit()));
        if (!found.others().isEmpty()) {
            lines.add("also firing: " + String.join(", ", found.others()));
        }
        if (lines.isEmpty()) {
            lines.add(style.good("nothing is wrong here now"));
        }
        return lines;
    }

    private static List<String> next(RunbookDiagnosis found) {
        List<String> lines = new ArrayList<>();
        String prose = found.page().firstParagraph(Runbook.MITIGATION);
        if (!prose.isEmpty()) {
            lines.add(prose);
        }
        found.next().ifPresent(lines::add);
        lines.add("keywane runbook show " + found.page().name());
        return lines;
    }

    static ObjectNode json(RunbookDiagnosis found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", WireJson.RESULT_VERSION).put("name",
                found.page().name());
        json.put("key", found.key().orElse(null));
        json.put("unreachable", found.unreachable().orElse(null));
        ArrayNode alerts = json.putArray("alerts");
        found.alerts().forEach(alert -> alerts.addObject().put("name", alert.name()).put("id", alert.id())
                .put("severity", alert.severity()).put("key", alert.key().orElse(null))
                .put("organisation", alert.organisation().orElse(null)).put("since", alert.since().toString())
                .put("summary", alert.summary()));
        ArrayNode others = json.putArray("other_alerts");
        found.others().forEach(others::add);
        ArrayNode ran = json.putArray("commands");
        found.ran().forEach(each -> {
            ArrayNode output = ran.addObject().put("command", each.command()).put("exit", each.exit())
                    .putArray("output");
            each.output().forEach(output::add);
        });
        ArrayNode notRun = json.putArray("not_run");
        found.notRun().forEach(each -> notRun.addObject().put("command", each.command()).put("why", each.why()));
        json.put("next", found.next().orElse(null));
        return json;
    }
}
