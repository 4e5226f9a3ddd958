package io.keywane.engine.sim;

import io.keywane.key.KeyName;
import io.keywane.rotation.Rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What came of one run. */
record Outcome(
        RunPlan plan,
        List<String> broken,
        long steps,
        int deaths,
        List<String> hit,
        Map<Effect, Integer> seen,
        Map<Fault, Integer> struck,
        List<String> ends,
        int refused,
        long seconds) {
    Outcome {
        broken = List.copyOf(broken);
        hit = List.copyOf(hit);
        ends = List.copyOf(ends);
    }

    static List<String> ends(Run run) {
        List<String> ends = new ArrayList<>();
        for (KeyName key : run.keys()) {
            run.database.load(key).rotation().map(Rotation::state).ifPresent(s -> ends.add(s.name()));
        }
        return ends;
    }
}
