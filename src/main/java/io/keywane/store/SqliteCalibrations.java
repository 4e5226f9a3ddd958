package io.keywane.store;

import io.keywane.engine.CalibrationStore;
import io.keywane.key.VersionId;
import io.keywane.usage.CalibratedWindow;
import io.keywane.usage.Calibration;
import io.keywane.usage.CalibrationReason;
import io.keywane.usage.CalibrationWitness;
import io.keywane.usage.Contradiction;
import io.keywane.usage.DatedCalibration;
import io.keywane.usage.Observed;
import io.keywane.usage.WindowModel;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** Calibrations and contradictions in SQLite; rows are only added. */
public final class SqliteCalibrations implements CalibrationStore {
    private final SqliteDatabase database;

    /** A store in this database, which the caller closes. */
    public SqliteCalibrations(SqliteDatabase database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public void add(String id, Place place, DatedCalibration dated) {
        Calibration calibration = dated.calibration();
        database.change(handle -> {
            at(handle.createUpdate("""
                    INSERT INTO calibration (id, api, organisation, limiter, version, at_wall, reason, apart,
                        counts_missing)
                    VALUES (:id, :api, :organisation, :limiter, :version, :at, :reason, :apart, :counts_missing)
                    """), place).bind("id", id).bind("version", dated.version().value())
                    .bind("at", Columns.nanos(dated.at())).bind("reason", calibration.reason().name())
                    .bind("apart", calibration.apart().name())
                    .bind("counts_missing", calibration.countsMissing().name()).execute();
            calibration.windows().forEach(window -> write(handle, id, window));
        });
    }

    private static void write(Handle handle, String id, CalibratedWindow window) {
        Update update = handle.createUpdate("""
                INSERT INTO calibrated_window (calibration, rate_limit, reason, witness, kind, length, tolerance,
                    counts_answered, reset)
                VALUES (:calibration, :rate_limit, :reason, :witness, :kind, :length, :tolerance, :counts_answered,
                    :reset)
                """).bind("calibration", id).bind("rate_limit", window.limit()).bind("reason", window.reason().name())
                .bind("witness", window.witness().name());
        bind(update, window.model()).execute();
    }

    @Override
    public void add(String id, Place place, Contradiction contradiction) {
        database.change(handle -> {
            Update update = at(handle.createUpdate("""
                    INSERT INTO contradiction (id, api, organisation, limiter, at_wall, rate_limit, kind, length,
                        tolerance, counts_answered, reset)
                    VALUES (:id, :api, :organisation, :limiter, :at, :rate_limit, :kind, :length, :tolerance,
                        :counts_answered, :reset)
                    """), place).bind("id", id).bind("at", Columns.nanos(contradiction.at()))
                    .bind("rate_limit", contradiction.model().limit());
            bind(update, Optional.of(contradiction.model())).execute();
        });
    }

    @Override
    public List<DatedCalibration> calibrations(Place place) {
        return database.read(handle -> of(handle, "calibration", place)
                .map((row, context) -> calibration(handle, place, row)).list());
    }

    @Override
    public List<Contradiction> contradictions(Place place) {
        return database.read(handle -> of(handle, "contradiction", place).map((row, context) -> new Contradiction(
                place.group(), model(row), Columns.instant(row.getLong("at_wall")))).list());
    }

    private static Query of(Handle handle, String table, Place place) {
        return at(handle.createQuery("SELECT * FROM " + table
                + " WHERE api = :api AND organisation = :organisation AND limiter = :limiter ORDER BY at_wall, id"),
                place);
    }

    private static <S extends SqlStatement<S>> S at(S statement, Place place) {
        return statement.bind("api", place.api()).bind("organisation", place.organisation().value())
                .bind("limiter", place.group().value());
    }

    private static DatedCalibration calibration(Handle handle, Place place, ResultSet row) throws SQLException {
        List<CalibratedWindow> windows = handle
                .createQuery("SELECT * FROM calibrated_window WHERE calibration = :id ORDER BY rate_limit")
                .bind("id", row.getString("id")).map((window, context) -> window(window)).list();
        Calibration calibration = new Calibration(place.group(), windows,
                Columns.word(row, "reason", CalibrationReason.class), Columns.word(row, "apart", Observed.class),
                Columns.word(row, "counts_missing", Observed.class));
        return new DatedCalibration(calibration, new VersionId(row.getString("version")),
                Columns.instant(row.getLong("at_wall")));
    }

    private static CalibratedWindow window(ResultSet row) throws SQLException {
        Optional<WindowModel> model = row.getString("kind") == null ? Optional.empty() : Optional.of(model(row));
        return new CalibratedWindow(row.getLong("rate_limit"), model,
                Columns.word(row, "reason", CalibrationReason.class),
                Columns.word(row, "witness", CalibrationWitness.class));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Optional<WindowModel> model) {
        return statement.bind("kind", model.map(m -> m.kind().name()).orElse(null))
                .bind("length", model.map(m -> Columns.nanos(m.length())).orElse(null))
                .bind("tolerance", model.map(m -> Columns.nanos(m.tolerance())).orElse(null))
                .bind("counts_answered", model.map(m -> Columns.flag(m.countsAnswered())).orElse(null))
                .bind("reset", model.map(m -> m.reset().name()).orElse(null));
    }

    private static WindowModel model(ResultSet row) throws SQLException {
        return new WindowModel(row.getLong("rate_limit"), Duration.ofNanos(row.getLong("length")),
                Columns.word(row, "kind", WindowModel.Kind.class), Duration.ofNanos(row.getLong("tolerance")),
                Columns.flag(row, "counts_answered"), Columns.word(row, "reset", WindowModel.ResetMeaning.class));
    }
}
