package io.keywane.engine;

import io.keywane.rotation.Forecast;
import io.keywane.rotation.StoreView;

import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What a change would do, made without doing any of it.
 *
 * @param id names what it was made on
 * @param settings of the key
 * @param store what the store holds now; empty where it cannot be read
 * @param forecast what would happen
 */
public record Plan(PlanId id, KeySettings settings, Optional<StoreView> store, Forecast forecast) {
    public Plan {
        requireNonNull(id, "id is null");
        requireNonNull(settings, "settings is null");
        requireNonNull(store, "store is null");
        requireNonNull(forecast, "forecast is null");
    }

    /**
     * A plan that is to be carried out only as long as it fits.
     *
     * @param again the command that makes a new one
     */
    public record Agreed(PlanId id, String again) {
        public Agreed {
            requireNonNull(id, "id is null");
            requireNonNull(again, "again is null");
        }
    }
}
