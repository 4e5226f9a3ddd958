package io.keywane.store;

import io.keywane.key.OrganisationName;
import io.keywane.usage.WalletReading;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

import java.time.Instant;
import java.util.List;

/** Readings of wallets as rows. */
final class WalletRows {
    private static final String WRITE = """
            INSERT INTO wallet_reading (organisation, at_boot, at_since_boot, at_wall, balance, deducted)
            VALUES (:organisation, :at_boot, :at_since_boot, :at_wall, :balance, :deducted)
            """;

    private WalletRows() {}

    static void write(Handle handle, List<HistoryRow.OfWallet> rows) {
        if (rows.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(WRITE);
        for (HistoryRow.OfWallet row : rows) {
            batch.bind("organisation", row.organisation().value()).bind("balance", row.reading().balance())
                    .bind("deducted", row.reading().deducted());
            Columns.bind(batch, "at", row.reading().at()).add();
        }
        batch.execute();
    }

    static List<WalletReading> read(Handle handle, OrganisationName organisation, Instant from) {
        return handle.createQuery("""
                SELECT * FROM wallet_reading WHERE organisation = :organisation AND at_wall >= :from
                ORDER BY at_wall
                """).bind("organisation", organisation.value()).bind("from", Columns.nanos(from))
                .map((row, context) -> new WalletReading(Columns.moment(row, "at"), row.getLong("balance"),
                        row.getLong("deducted")))
                .list();
    }
}
