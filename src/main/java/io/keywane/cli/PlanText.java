package io.keywane.cli;

import io.keywane.control.PlanResult;
import io.keywane.control.PlanResult.Step;

import java.util.ArrayList;
import java.util.List;

/** A plan in text: where things stand, what would be done in order, what consumers see, what comes next. */
final class PlanText {
    private PlanText() {}

    static List<String> lines(PlanResult plan, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("Dry run of " + plan.verb() + " for " + plan.key()) + ": nothing was changed");
        lines.add("Now");
        lines.add("  " + plan.now());
        lines.add("  the store is " + plan.storeRevision().map(revision -> "at revision " + revision)
                .orElse("out of reach"));
        lines.add("What would be done, in order");
        if (plan.steps().isEmpty()) {
            lines.add("  nothing");
        }
        for (int i = 0; i < plan.steps().size(); i++) {
            Step step = plan.steps().get(i);
            lines.add("  %2d. %-9s %s".formatted(i + 1, step.on(), step.text()));
        }
        lines.add("Consumers");
        plan.consumers().forEach(line -> lines.add("  " + line));
        lines.add("What comes next");
        lines.add("  " + plan.next());
        lines.add("undo:         " + plan.undo());
        lines.add("plan:         " + plan.plan());
        lines.add("carry it out: " + plan.carryOut());
        return lines;
    }
}
