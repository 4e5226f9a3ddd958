package io.keywane.engine;

import static java.util.Objects.requireNonNull;

/** Everything outside that the engine uses, gathered so that tests and simulations swap all of it. */
public record Ports(
        HostClock clock,
        Randomness randomness,
        SecretStore store,
        Publisher publisher,
        ProbeClient probes,
        ProbeLedger ledger,
        StateStore states,
        History history,
        CalibrationStore calibrations,
        EvidenceStore evidence,
        Telemetry telemetry,
        KeySource sources,
        ConsumerTeller teller) {
    public Ports {
        requireNonNull(clock, "clock is null");
        requireNonNull(randomness, "randomness is null");
        requireNonNull(store, "store is null");
        requireNonNull(publisher, "publisher is null");
        requireNonNull(probes, "probes is null");
        requireNonNull(ledger, "ledger is null");
        requireNonNull(states, "states is null");
        requireNonNull(history, "history is null");
        requireNonNull(calibrations, "calibrations is null");
        requireNonNull(evidence, "evidence is null");
        requireNonNull(telemetry, "telemetry is null");
        requireNonNull(sources, "sources is null");
        requireNonNull(teller, "teller is null");
    }

    /** Where no command tells consumers. */
    public Ports(
            HostClock clock,
            Randomness randomness,
            SecretStore store,
            Publisher publisher,
            ProbeClient probes,
            ProbeLedger ledger,
            StateStore states,
            History history,
            CalibrationStore calibrations,
            EvidenceStore evidence,
            Telemetry telemetry,
            KeySource sources) {
        this(clock, randomness, store, publisher, probes, ledger, states, history, calibrations, evidence, telemetry,
                sources, ConsumerTeller.NONE);
    }

    /** Where new keys come from persons alone. */
    public Ports(
            HostClock clock,
            Randomness randomness,
            SecretStore store,
            Publisher publisher,
            ProbeClient probes,
            ProbeLedger ledger,
            StateStore states,
            History history,
            CalibrationStore calibrations,
            EvidenceStore evidence,
            Telemetry telemetry) {
        this(clock, randomness, store, publisher, probes, ledger, states, history, calibrations, evidence, telemetry,
                KeySource.NONE);
    }
}
