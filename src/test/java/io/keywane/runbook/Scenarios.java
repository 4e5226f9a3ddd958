package io.keywane.runbook;

import java.util.List;
import java.util.stream.Stream;

/** Every scenario there is: the longest first, so that they end together. */
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all() {
        return Stream.of(UsageScenarios.all(), RotationScenarios.all(), TaskScenarios.all(), CreditScenarios.all(),
                HostScenarios.all(), ApiScenarios.all()).flatMap(List::stream).toList();
    }
}
