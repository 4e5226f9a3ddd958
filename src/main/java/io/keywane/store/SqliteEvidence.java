package io.keywane.store;

import io.keywane.engine.EvidenceStore;
import io.keywane.engine.KeptEvidence;
import io.keywane.engine.PersistenceException;
import io.keywane.key.KeyName;
import io.keywane.key.VersionId;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static java.util.Objects.requireNonNull;

/** Bundles of evidence in SQLite: one durable transaction for each, its file compressed. */
public final class SqliteEvidence implements EvidenceStore {
    private final SqliteDatabase database;

    /** A store in this database, which the caller closes. */
    public SqliteEvidence(SqliteDatabase database) {
        this.database = requireNonNull(database, "database is null");
    }

    @Override
    public void keep(KeptEvidence evidence, byte[] file) {
        byte[] packed = packed(file);
        database.change(handle -> handle.createUpdate("""
                INSERT INTO evidence_bundle (digest, key_name, version, rotation, drained_wall, made_wall, proven, size,
                    content)
                VALUES (:digest, :key, :version, :rotation, :drained, :made, :proven, :size, :content)
                ON CONFLICT (digest) DO NOTHING
                """).bind("digest", evidence.digest()).bind("key", evidence.key().value())
                .bind("version", evidence.version().value()).bind("rotation", evidence.rotation().orElse(null))
                .bind("drained", Columns.nanos(evidence.drained())).bind("made", Columns.nanos(evidence.made()))
                .bind("proven", evidence.proven() ? 1 : 0).bind("size", evidence.size()).bind("content", packed)
                .execute());
    }

    @Override
    public Optional<KeptEvidence> of(VersionId version, Instant drained) {
        return database.read(handle -> handle.createQuery("""
                SELECT * FROM evidence_bundle WHERE version = :version AND drained_wall = :drained
                ORDER BY made_wall DESC LIMIT 1
                """).bind("version", version.value()).bind("drained", Columns.nanos(drained))
                .map((row, context) -> kept(row)).findOne());
    }

    @Override
    public List<KeptEvidence> list(Optional<KeyName> key) {
        return database.read(handle -> handle.createQuery("""
                SELECT * FROM evidence_bundle WHERE :key IS NULL OR key_name = :key ORDER BY made_wall, digest
                """).bind("key", key.map(KeyName::value).orElse(null)).map((row, context) -> kept(row)).list());
    }

    @Override
    public Optional<byte[]> file(String digest) {
        return database.read(handle -> handle
                .createQuery("SELECT content FROM evidence_bundle WHERE digest = :digest").bind("digest", digest)
                .mapTo(byte[].class).findOne()).map(SqliteEvidence::unpacked);
    }

    @Override
    public void prune(Instant before, List<VersionId> unresolved) {
        List<String> kept = new ArrayList<>(unresolved.stream().map(VersionId::value).toList());
        kept.add("");
        database.change(handle -> handle
                .createUpdate("DELETE FROM evidence_bundle WHERE made_wall < :before AND version NOT IN (<kept>)")
                .bind("before", Columns.nanos(before)).bindList("kept", kept).execute());
    }

    private static KeptEvidence kept(ResultSet row) throws SQLException {
        return new KeptEvidence(row.getString("digest"), new KeyName(row.getString("key_name")),
                new VersionId(row.getString("version")), Columns.text(row, "rotation"),
                Columns.instant(row.getLong("drained_wall")), Columns.instant(row.getLong("made_wall")),
                row.getInt("proven") == 1, row.getLong("size"));
    }

    private static byte[] packed(byte[] file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(file);
        } catch (IOException e) {
            throw new PersistenceException("a bundle of evidence cannot be compressed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return unpacking.readAllBytes();
        } catch (IOException e) {
            throw new PersistenceException("a bundle of evidence in the database is damaged", e);
        }
    }
}
