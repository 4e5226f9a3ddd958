package io.keywane.engine;

import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Durable calibrations in memory. */
final class TestingCalibrations implements CalibrationStore {
    final Map<Place, List<DatedCalibration>> calibrations = new HashMap<>();
    final Map<Place, List<Contradiction>> contradictions = new HashMap<>();

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

    /** How all that ended, oldest first. */
    List<DatedCalibration> all() {
        return calibrations.values().stream().flatMap(List::stream)
                .sorted((a, b) -> a.at().compareTo(b.at())).toList();
    }
}
