package io.keywane.store;

import io.keywane.engine.AuditEntry;
import io.keywane.engine.Intent;
import io.keywane.engine.PersistenceException;
import io.keywane.engine.StoredAuditEntry;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.rotation.Gate;
import io.keywane.rotation.GateReport;
import io.keywane.rotation.KeyState;
import io.keywane.rotation.KeyVersion;
import io.keywane.rotation.Reason;
import io.keywane.rotation.Rotation;
import io.keywane.rotation.RotationState;
import io.keywane.rotation.Trigger;
import io.keywane.rotation.Waiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.after;
import static io.keywane.store.Samples.fingerprint;
import static io.keywane.store.Samples.line;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqliteStateStoreTest {
    @TempDir
    Path folder;

    private SqliteDatabase database;
    private SqliteStateStore store;

    @BeforeEach
    void open() {
        database = SqliteDatabase.open(folder.resolve("keywane.db"));
        store = new SqliteStateStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() {
        close();
        open();
    }

    private static KeyVersion candidate(int n) {
        return KeyVersion.candidate(version(n), material(n), fingerprint(n), Optional.of("dashboard " + n), after(n));
    }

    private static KeyVersion current(int n) {
        return candidate(n).to(Stage.VERIFIED, Reason.KEY_ACCEPTED, after(n + 1))
                .to(Stage.CURRENT, Reason.PROMOTION_READ_BACK, after(n + 2));
    }

    private static Rotation rotation(String id) {
        return Rotation.open(id, Trigger.OPERATOR, Reason.STARTED_BY_OPERATOR, Optional.of(version(1)), after(5));
    }

    /** A state in which every field that can be filled is. */
    private static KeyState full() {
        GateReport gate = new GateReport(Gate.QUIET, false, true, "silent for 30 min", "silent for 2 min", "28 min");
        GateReport met = new GateReport(Gate.WALLET, true, false, "above zero", "was above zero", "");
        KeyVersion leaving = current(1).to(Stage.RETIRING, Reason.PROMOTION_READ_BACK, after(9))
                .drainedOn(List.of(gate, met));
        Rotation changed = rotation("rotation-1").change().newVersion(version(2))
                .to(RotationState.STAGED, Reason.KEY_SUPPLIED, after(10))
                .to(RotationState.VERIFIED, Reason.KEY_ACCEPTED, after(11))
                .to(RotationState.PROMOTED, Reason.PROMOTION_READ_BACK, after(12))
                .to(RotationState.PARKED, Reason.FOREIGN_CHANGE, after(13)).promoted(after(12)).published(after(13))
                .approvedBy("uid:anna").paused(true).rollback(true)
                .waive(new Waiver(Gate.QUIET, "uid:bert", "idle key", after(14).wall()))
                .waive(new Waiver(Gate.SWITCH, "uid:anna", "no load", after(15).wall())).build();
        return new KeyState(SEARCH, List.of(leaving, current(2), candidate(3)), Optional.of(changed));
    }

    @Test
    void load_unknownKey_isEmpty() {
        assertThat(store.load(SEARCH)).isEqualTo(KeyState.empty(SEARCH));
        assertThat(store.keys()).isEmpty();
    }

    @Test
    void commit_everyField_comesBackAfterReopening() {
        store.commit(full(), List.of(), List.of());
        reopen();

        assertThat(store.load(SEARCH)).isEqualTo(full());
    }

    @Test
    void commit_bareState_comesBack() {
        KeyVersion bare = new KeyVersion(version(1), fingerprint(1), Optional.empty(), Optional.empty(),
                Optional.empty(), after(0), Stage.CANDIDATE, after(0), Reason.KEY_SUPPLIED, false,
                Optional.empty(), false, List.of());
        KeyState state = KeyState.empty(SEARCH).adding(bare);

        store.commit(state, List.of(), List.of());

        assertThat(store.load(SEARCH)).isEqualTo(state);
    }

    @Test
    void commit_again_replacesWhatChanged() {
        store.commit(full(), List.of(), List.of());
        KeyState swapped = full().with(version(2), v -> v.to(Stage.RETIRING, Reason.ROLLED_BACK_BY_OPERATOR, after(20)))
                .with(version(1),
                        v -> v.to(Stage.CURRENT, Reason.ROLLED_BACK_BY_OPERATOR, after(20)).drainedOn(List.of()))
                .with(full().rotation().orElseThrow().change()
                        .to(RotationState.SUPERSEDED, Reason.SUPERSEDED_BY_EMERGENCY, after(20)).build());

        store.commit(swapped, List.of(), List.of());

        assertThat(store.load(SEARCH)).isEqualTo(swapped);
    }

    @Test
    void commit_ofAStateThatForgetsAVersion_isRefusedWhole() {
        store.commit(full(), List.of(), List.of());
        KeyState forgetful = new KeyState(SEARCH, full().versions().subList(0, 2), full().rotation());

        assertThatThrownBy(() -> store.commit(forgetful, List.of(), List.of(line("x"))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("would forget");
        assertThat(store.load(SEARCH)).isEqualTo(full());
        assertThat(store.auditTail(9)).isEmpty();
    }

    @Test
    void commit_nextRotation_keepsTheFormerForReports() {
        Rotation over = rotation("rotation-1").change()
                .to(RotationState.ABORTED, Reason.ABORTED_BY_OPERATOR, after(8)).build();
        store.commit(KeyState.empty(SEARCH).with(over), List.of(), List.of());
        store.commit(KeyState.empty(SEARCH).with(rotation("rotation-2")), List.of(), List.of());

        assertThat(store.load(SEARCH).rotation()).contains(rotation("rotation-2"));
        assertThat(store.rotations(SEARCH)).containsExactly(over, rotation("rotation-2"));
    }

    @Test
    void commit_secondOpenRotation_isRefused() {
        store.commit(KeyState.empty(SEARCH).with(rotation("rotation-1")), List.of(), List.of());

        assertThatThrownBy(
                () -> store.commit(KeyState.empty(SEARCH).with(rotation("rotation-2")), List.of(), List.of()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("open rotation rotation-1");
        assertThat(store.load(SEARCH).rotation()).contains(rotation("rotation-1"));
    }

    @Test
    void commit_rotationOfAnotherKey_isRefusedAndChangesNothing() {
        store.commit(full(), List.of(), List.of());

        assertThatThrownBy(() -> store.commit(KeyState.empty(FEED).with(rotation("rotation-1")), List.of(),
                List.of(line("one")))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is one of key " + SEARCH);
        assertThat(store.load(SEARCH)).isEqualTo(full());
        assertThat(store.load(FEED)).isEqualTo(KeyState.empty(FEED));
        assertThat(store.auditTail(9)).isEmpty();
    }

    @Test
    void commit_rotationThatIsOver_doesNotBeginAgain() {
        Rotation over = rotation("rotation-1").change()
                .to(RotationState.ABORTED, Reason.ABORTED_BY_OPERATOR, after(8)).build();
        store.commit(KeyState.empty(SEARCH).with(over), List.of(), List.of());

        assertThatThrownBy(
                () -> store.commit(KeyState.empty(SEARCH).with(rotation("rotation-1")), List.of(), List.of()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("is over (ABORTED)");
        assertThat(store.load(SEARCH).rotation()).contains(over);
    }

    @Test
    void audited_ofARequestAboutAKey_givesItsLinesAlone() {
        AuditEntry ours = new AuditEntry(after(1).wall(), "user:anna", "rotation.staged", Optional.of(SEARCH), "",
                Optional.of("r-7"), Map.of("asked", "rotation.supply 1f"));
        AuditEntry feed = new AuditEntry(after(1).wall(), "user:anna", "rotation.staged", Optional.of(FEED), "",
                Optional.of("r-7"), Map.of());
        store.audit(List.of(line("one"), ours, feed));

        assertThat(store.audited("r-7", SEARCH)).containsExactly(ours);
    }

    @Test
    void keys_listsEveryKeyEverCommitted() {
        store.commit(full(), List.of(), List.of());
        store.commit(KeyState.empty(FEED), List.of(), List.of());

        assertThat(store.keys()).containsExactly(FEED, SEARCH);
        assertThat(store.load(FEED)).isEqualTo(KeyState.empty(FEED));
    }

    private static Intent intent(String id) {
        return new Intent(id, SEARCH, "promote", version(2), after(3));
    }

    @Test
    void intent_isDurableUntilItsOutcomeIsKnown() {
        store.commit(full(), List.of(intent("i-1"), intent("i-2")), List.of(line("rotation.promote")));
        reopen();
        assertThat(store.unresolvedIntents(intent("i-1").key())).containsExactly(intent("i-1"), intent("i-2"));

        store.conclude(intent("i-1"), Intent.Outcome.SUCCEEDED, line("promote.succeeded"));
        store.conclude(intent("i-2"), Intent.Outcome.UNKNOWN, line("promote.unknown"));
        assertThat(store.unresolvedIntents(intent("i-1").key())).containsExactly(intent("i-2"));

        store.conclude(intent("i-2"), Intent.Outcome.FAILED, line("promote.failed"));
        reopen();
        assertThat(store.unresolvedIntents(intent("i-1").key())).isEmpty();
        assertThat(store.auditTail(9)).extracting(entry -> entry.entry().action()).containsExactly(
                "rotation.promote", "promote.succeeded", "promote.unknown", "promote.failed");
    }

    @Test
    void conclude_otherwiseThanBefore_isRefusedAndNotAudited() {
        store.commit(full(), List.of(intent("i-1")), List.of());
        store.conclude(intent("i-1"), Intent.Outcome.SUCCEEDED, line("one"));

        assertThatThrownBy(() -> store.conclude(intent("i-1"), Intent.Outcome.FAILED, line("two")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.conclude(intent("never"), Intent.Outcome.FAILED, line("three")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store.auditTail(9)).hasSize(1);
    }

    @Test
    void commit_thatFailsAtItsEnd_changesNothing() {
        store.commit(KeyState.empty(SEARCH), List.of(intent("i-1")), List.of(line("one")));

        assertThatThrownBy(() -> store.commit(full(), List.of(intent("i-1")), List.of(line("two"))))
                .isInstanceOf(PersistenceException.class).hasMessageContaining("keywane.db");
        assertThat(store.load(SEARCH)).isEqualTo(KeyState.empty(SEARCH));
        assertThat(store.auditTail(9)).hasSize(1);
    }

    @Test
    void audit_linesComeBackInOrderWithTheirPlace() {
        AuditEntry bare = new AuditEntry(Instant.parse("2026-11-24T10:00:01Z"), AuditEntry.DAEMON, "start",
                Optional.empty(), "", Optional.empty(), Map.of());
        store.audit(List.of(line("one"), line("two")));
        store.audit(List.of());
        store.audit(List.of(bare));
        reopen();

        List<StoredAuditEntry> tail = store.auditTail(2);
        assertThat(tail).extracting(StoredAuditEntry::sequence).containsExactly(2L, 3L);
        assertThat(tail).extracting(StoredAuditEntry::entry).containsExactly(line("two"), bare);
        assertThat(tail.getLast().hash()).matches("[0-9a-f]{64}");
        assertThat(store.firstBrokenAudit()).isEmpty();
    }

    @Test
    void reply_isRememberedByRequest() {
        assertThat(store.replyTo("r-1")).isEmpty();
        store.remember("r-1", "{\"ok\":true}", after(1).wall());
        store.remember("r-2", "other", after(1).wall());
        reopen();

        assertThat(store.replyTo("r-1")).contains("{\"ok\":true}");
        store.remember("r-1", "final", after(2).wall());
        assertThat(store.replyTo("r-1")).contains("final");
    }

    @Test
    void pruneReplies_forgetsThoseBeforeATimeAlone() {
        store.remember("r-1", "old", after(1).wall());
        store.remember("r-2", "young", after(2).wall());

        store.pruneReplies(after(2).wall());

        assertThat(store.replyTo("r-1")).isEmpty();
        assertThat(store.replyTo("r-2")).contains("young");
    }

    @Test
    void setting_isKeptByName() {
        assertThat(store.setting("phase/search")).isEmpty();
        store.setting("phase/search", "0.25");
        store.setting("phase/search", "0.5");
        reopen();

        assertThat(store.setting("phase/search")).contains("0.5");
    }

    @Test
    void load_wordOfANewerKeywane_refusesAndNamesIt() {
        store.commit(full(), List.of(), List.of());
        database.change(handle -> handle.execute("UPDATE rotation SET state = 'HALF_DONE'"));

        assertThatThrownBy(() -> store.load(SEARCH)).isInstanceOf(PersistenceException.class)
                .hasMessage("database " + folder.resolve("keywane.db")
                        + " holds the unknown RotationState \"HALF_DONE\": install the keywane that wrote it, or a newer one");
    }

    @Test
    void load_stateOfANewerFormat_refusesToReadAndToWrite() {
        store.commit(full(), List.of(), List.of());
        database.change(handle -> handle.execute("UPDATE managed_key SET format = 2"));

        assertThatThrownBy(() -> store.load(SEARCH)).isInstanceOf(PersistenceException.class)
                .hasMessageContaining("format version 2, and this keywane knows 1");
        assertThatThrownBy(() -> store.commit(full(), List.of(), List.of())).isInstanceOf(PersistenceException.class);
    }

    @Test
    void load_rowThatMakesNoNoun_isAPersistenceException() {
        store.commit(full(), List.of(), List.of());
        database.change(handle -> handle.execute("UPDATE key_version SET fingerprint = 'spoilt'"));

        assertThatThrownBy(() -> store.load(SEARCH)).isInstanceOf(PersistenceException.class)
                .hasMessageContaining("keywane.db").hasMessageContaining("restore it from a backup");
    }

    @Test
    void keyNames_ofOtherKeys_areNotMixed() {
        store.commit(full(), List.of(), List.of());
        KeyState other = KeyState.empty(new KeyName("other")).adding(candidate(1));
        store.commit(other, List.of(), List.of());

        assertThat(store.load(new KeyName("other"))).isEqualTo(other);
        assertThat(store.load(SEARCH)).isEqualTo(full());
    }
}
