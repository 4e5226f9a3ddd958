package io.keywane.engine;

import io.keywane.engine.CalibrationStore.Place;
import io.keywane.key.OrganisationName;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.PlanBook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of the windows of every organisation and group: read once, and kept durable as it grows. Where a row cannot
 * be written, it still counts until the daemon ends.
 */
final class WindowBooks {
    private static final Logger LOG = LoggerFactory.getLogger(WindowBooks.class);

    private final ProviderProfile profile;
    private final CalibrationStore store;
    private final Ids ids;
    private final Map<Place, PlanBook> books = new ConcurrentHashMap<>();

    WindowBooks(ProviderProfile profile, CalibrationStore store, Ids ids) {
        this.profile = profile;
        this.store = store;
        this.ids = ids;
    }

    PlanBook of(OrganisationName organisation, LimiterGroup group) {
        return books.computeIfAbsent(place(organisation, group), place -> new PlanBook(profile.windows(group),
                store.calibrations(place), store.contradictions(place)));
    }

    private Place place(OrganisationName organisation, LimiterGroup group) {
        return new Place(profile.baseUrl().toString(), organisation, group);
    }

    synchronized void add(OrganisationName organisation, DatedCalibration calibration) {
        LimiterGroup group = calibration.calibration().group();
        PlanBook before = of(organisation, group);
        books.put(place(organisation, group), before.with(calibration));
        keep(() -> store.add(ids.fresh(), place(organisation, group), calibration), "a calibration");
    }

    synchronized void add(OrganisationName organisation, Contradiction contradiction) {
        PlanBook before = of(organisation, contradiction.group());
        books.put(place(organisation, contradiction.group()), before.with(contradiction));
        keep(() -> store.add(ids.fresh(), place(organisation, contradiction.group()), contradiction),
                "a contradiction");
    }

    private static void keep(Runnable write, String what) {
        try {
            write.run();
        } catch (PersistenceException e) {
            LOG.error("{} could not be kept, and will be forgotten at the next start: {}", what, e.getMessage());
        }
    }
}
