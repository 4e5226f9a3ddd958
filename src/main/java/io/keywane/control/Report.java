package io.keywane.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What happened over some days, for a page that people read.
 *
 * @param from begin of the first day (UTC)
 * @param to the time of the report
 */
public record Report(Instant from, Instant to, List<Wallet> wallets, List<Key> keys) implements ControlResult {
    public Report {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        wallets = List.copyOf(wallets);
        keys = List.copyOf(keys);
    }

    /**
     * One organisation's wallet.
     *
     * @param balance the latest that was seen
     * @param forecast when it is empty, where anything is consumed
     * @param days one for each day, oldest first
     */
    public record Wallet(
            String organisation, Optional<Long> balance, Optional<Forecast> forecast, List<WalletDay> days) {
        public Wallet {
            requireNonNull(organisation, "organisation is null");
            requireNonNull(balance, "balance is null");
            requireNonNull(forecast, "forecast is null");
            days = List.copyOf(days);
        }
    }

    /** When a wallet is empty, with the bounds of that, by the slower of the rates of six hours and of a day. */
    public record Forecast(Instant earliest, Instant expected, Instant latest, double creditsPerHour) {
        public Forecast {
            requireNonNull(earliest, "earliest is null");
            requireNonNull(expected, "expected is null");
            requireNonNull(latest, "latest is null");
        }
    }

    /** Credits that others consumed and that were topped up in one day, at least; our own probes apart. */
    public record WalletDay(Instant day, long consumed, long toppedUp) {
        public WalletDay {
            requireNonNull(day, "day is null");
        }
    }

    /**
     * One managed key.
     *
     * @param days others' use of it, oldest first
     * @param incidents the latest ones in that time, oldest first
     * @param rotations those that were open in that time, oldest first
     */
    public record Key(
            String key,
            String organisation,
            String owner,
            String environment,
            List<UseDay> days,
            List<IncidentPlot> incidents,
            List<Turn> rotations) {
        public Key {
            requireNonNull(key, "key is null");
            requireNonNull(organisation, "organisation is null");
            requireNonNull(owner, "owner is null");
            requireNonNull(environment, "environment is null");
            days = List.copyOf(days);
            incidents = List.copyOf(incidents);
            rotations = List.copyOf(rotations);
        }
    }

    /** Requests of others in the observed part of one day, and the share that this is, 0 to 1. */
    public record UseDay(Instant day, double requests, double coverage) {
        public UseDay {
            requireNonNull(day, "day is null");
        }
    }

    /** One incident with the series around it. */
    public record IncidentPlot(UseSeriesTable.Incident incident, UseSeriesTable use) {
        public IncidentPlot {
            requireNonNull(incident, "incident is null");
            requireNonNull(use, "use is null");
        }
    }

    /** One rotation: why it began, where it is or ended, and since when. */
    public record Turn(String id, String trigger, String state, String reason, Instant began, Instant since) {
        public Turn {
            requireNonNull(id, "id is null");
            requireNonNull(trigger, "trigger is null");
            requireNonNull(state, "state is null");
            requireNonNull(reason, "reason is null");
            requireNonNull(began, "began is null");
            requireNonNull(since, "since is null");
        }
    }
}
