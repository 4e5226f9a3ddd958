package io.keywane.engine.sim;

import io.keywane.engine.CalibrationStore;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What calibrations found out, kept. */
final class CalibrationsModel implements CalibrationStore {
    private final Map<Place, List<DatedCalibration>> calibrations = new HashMap<>();
    private final Map<Place, List<Contradiction>> contradictions = new HashMap<>();

    @Override
    public void add(String id, Place place, DatedCalibration calibration) {
        calibrations.computeIfAbsent(place, _ -> new ArrayList<>()).add(calibration);
    }

    @Override
    public void add(String id, Place place, Contradiction contradiction) {
        contradictions.computeIfAbsent(place, _ -> new ArrayList<>()).add(contradiction);
    }

    @Override
    public List<DatedCalibration> calibrations(Place place) {
        return List.copyOf(calibrations.getOrDefault(place, List.of()));
    }

    @Override
    public List<Contradiction> contradictions(Place place) {
        return List.copyOf(contradictions.getOrDefault(place, List.of()));
    }
}
