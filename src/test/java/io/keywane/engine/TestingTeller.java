package io.keywane.engine;

import io.keywane.engine.KeySettings.TellSettings;

import java.util.Optional;

/** A command that tells consumers: it ends as it is told to. */
final class TestingTeller implements ConsumerTeller {
    private final Crash crash;
    Intent.Outcome outcome = Intent.Outcome.SUCCEEDED;
    Runnable meanwhile = () -> {};
    int runs;

    TestingTeller(Crash crash) {
        this.crash = crash;
    }

    @Override
    public Optional<String> fault(TellSettings settings) {
        return Optional.empty();
    }

    @Override
    public Told tell(TellSettings settings) {
        crash.point("before tell");
        runs++;
        Intent.Outcome now = outcome;
        meanwhile.run();
        crash.point("after tell");
        return new Told(now, now == Intent.Outcome.SUCCEEDED ? "" : "the command failed (exit 1)");
    }
}
