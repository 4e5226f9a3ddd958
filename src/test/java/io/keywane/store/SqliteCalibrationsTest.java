package io.keywane.store;

import io.keywane.engine.CalibrationStore.Place;
import io.keywane.key.OrganisationName;
import io.keywane.usage.CalibratedWindow;
import io.keywane.usage.Calibration;
import io.keywane.usage.CalibrationReason;
import io.keywane.usage.CalibrationWitness;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.Observed;
import io.keywane.usage.WindowModel;
import io.keywane.usage.WindowModel.Kind;
import io.keywane.usage.WindowModel.ResetMeaning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

class SqliteCalibrationsTest {
    private static final LimiterGroup GENERAL = new LimiterGroup("general");
    private static final Place PLACE = new Place("https://api.example", new OrganisationName("acme"), GENERAL);
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456789Z");
    private static final WindowModel MODEL = new WindowModel(360, Duration.ofSeconds(60), Kind.ROLLING,
            Duration.ofSeconds(3), true, ResetMeaning.OLDEST_PLUS_WINDOW);

    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteCalibrations store;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("keywane.db"));
        store = new SqliteCalibrations(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static DatedCalibration measured(int version, Instant at) {
        return new DatedCalibration(new Calibration(GENERAL, List.of(
                new CalibratedWindow(360, Optional.of(MODEL), CalibrationReason.MEASURED, CalibrationWitness.RESET),
                new CalibratedWindow(10_000, Optional.empty(), CalibrationReason.TOO_LONG, CalibrationWitness.NONE)),
                CalibrationReason.MEASURED, Observed.YES, Observed.NO), version(version), at);
    }

    @Test
    void calibrations_afterReopening_areAsTheyWereAdded() {
        DatedCalibration confirmed = new DatedCalibration(Calibration.confirmed(GENERAL), version(2),
                AT.plusSeconds(60));
        store.add("b", PLACE, confirmed);
        store.add("a", PLACE, measured(1, AT));
        close();
        open();

        assertThat(store.calibrations(PLACE)).containsExactly(measured(1, AT), confirmed);
    }

    @Test
    void calibrations_ofAnotherApiOrganisationOrGroup_areNotFound() {
        store.add("a", PLACE, measured(1, AT));

        assertThat(store.calibrations(new Place("http://127.0.0.1:1", PLACE.organisation(), GENERAL))).isEmpty();
        assertThat(store.calibrations(new Place(PLACE.api(), new OrganisationName("other"), GENERAL))).isEmpty();
        assertThat(store.calibrations(new Place(PLACE.api(), PLACE.organisation(), new LimiterGroup("feed"))))
                .isEmpty();
    }

    @Test
    void contradictions_afterReopening_areAsTheyWereAdded() {
        Contradiction first = new Contradiction(GENERAL, MODEL, AT);
        Contradiction second = new Contradiction(GENERAL, MODEL, AT.plusSeconds(600));
        store.add("b", PLACE, first);
        store.add("a", PLACE, second);
        close();
        open();

        assertThat(store.contradictions(PLACE)).containsExactly(first, second);
    }
}
