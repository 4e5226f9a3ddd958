package io.keywane.engine;

import io.keywane.key.OrganisationName;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.LimiterGroup;

import java.util.List;

import static java.util.Objects.requireNonNull;

/**
 * Port: what calibrations found out, and what keys in use contradicted. Every method throws {@link PersistenceException}
 * where it could not read or write.
 */
public interface CalibrationStore {
    /**
     * Whose windows: a group of one organisation's limiters at one API.
     *
     * @param api the API's base URL: a sandbox's calibration says nothing of the vendor's
     */
    record Place(String api, OrganisationName organisation, LimiterGroup group) {
        public Place {
            requireNonNull(api, "api is null");
            requireNonNull(organisation, "organisation is null");
            requireNonNull(group, "group is null");
        }
    }

    /** Adds a calibration under an id of its own. */
    void add(String id, Place place, DatedCalibration calibration);

    /** Adds a contradiction under an id of its own. */
    void add(String id, Place place, Contradiction contradiction);

    /** All of a place, oldest first. */
    List<DatedCalibration> calibrations(Place place);

    /** All of a place, oldest first. */
    List<Contradiction> contradictions(Place place);
}
