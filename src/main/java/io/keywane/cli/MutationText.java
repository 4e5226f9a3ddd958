package io.keywane.cli;

import io.keywane.control.MutationResult;

import java.util.ArrayList;
import java.util.List;

/** What was done, how to undo it, and the ids that name it. */
final class MutationText {
    private MutationText() {}

    static List<String> lines(MutationResult result, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong(result.done()) + (result.repeated() ? " (told again: it was done before)" : ""));
        result.rotationId().ifPresent(id -> lines.add(
                "rotation:   " + id + result.rotationState().map(state -> ", now " + state).orElse("")));
        result.versionBrief().ifPresent(version -> lines.add("version:    " + version));
        lines.add("undo:       " + result.undo());
        result.requestId().ifPresent(id -> lines.add("request id: " + id));
        return lines;
    }
}
