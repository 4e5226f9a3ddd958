package io.keywane.store;

import io.keywane.engine.SecretStore;
import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.key.KeyMaterial;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.keywane.store.Samples.FEED;
import static io.keywane.store.Samples.SEARCH;
import static io.keywane.store.Samples.material;
import static io.keywane.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What every secret store does, whatever keeps its values. */
abstract class SecretStoreContract {
    /** The store under test, empty at the start of each test. */
    abstract SecretStore store();

    /** How many versions of one key the store holds at least. */
    int heldAtOnce() {
        return 30;
    }

    /** A key with version 1 current and version 2 staged. */
    private StoreView prepared() {
        store().stage(SEARCH, version(1), material(1), 0);
        StoreView first = store().promote(SEARCH, version(1), store().view(SEARCH).revision());
        return store().stage(SEARCH, version(2), material(2), first.revision());
    }

    static void assertFails(StoreFailure.Kind kind, ThrowingCallable call) {
        StoreException failure = catchThrowableOfType(StoreException.class, call);
        assertThat(failure).as("the failure").isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        for (int n = 1; n < 9; n++) {
            assertThat(String.valueOf(failure)).doesNotContain(Samples.value(n).substring(12, 20));
        }
    }

    @Test
    void view_ofUnknownKey_isEmptyAtRevisionZero() {
        StoreView view = store().view(SEARCH);

        assertThat(view.revision()).isZero();
        assertThat(view.current()).isEmpty();
        assertThat(view.held()).isEmpty();
    }

    @Test
    void stage_newVersion_takesCustodyWithoutMakingItCurrent() {
        StoreView view = store().stage(SEARCH, version(1), material(1), 0);

        assertThat(view.held()).containsExactly(version(1));
        assertThat(view.current()).isEmpty();
        assertThat(view.revision()).isPositive();
        assertThat(store().view(SEARCH)).isEqualTo(view);
        assertThat(store().read(SEARCH, version(1))).isEqualTo(material(1));
    }

    @Test
    void stage_besideCurrent_leavesCurrentAlone() {
        StoreView view = prepared();

        assertThat(view.current()).contains(version(1));
        assertThat(view.held()).containsExactlyInAnyOrder(version(1), version(2));
    }

    @Test
    void stage_repeated_changesNothing() {
        StoreView once = store().stage(SEARCH, version(1), material(1), 0);

        assertThat(store().stage(SEARCH, version(1), material(1), 0)).isEqualTo(once);
    }

    @Test
    void stage_repeatedAfterPromotion_changesNothing() {
        StoreView staged = store().stage(SEARCH, version(1), material(1), 0);
        StoreView promoted = store().promote(SEARCH, version(1), staged.revision());

        assertThat(store().stage(SEARCH, version(1), material(1), 0)).isEqualTo(promoted);
    }

    @Test
    void stage_sameVersionOtherValue_isConflict() {
        StoreView view = store().stage(SEARCH, version(1), material(1), 0);

        assertFails(StoreFailure.Kind.CONFLICT,
                () -> store().stage(SEARCH, version(1), material(2), view.revision()));
        assertThat(store().read(SEARCH, version(1))).isEqualTo(material(1));
    }

    @Test
    void stage_onStaleRevision_isConflictAndChangesNothing() {
        StoreView before = prepared();

        assertFails(StoreFailure.Kind.CONFLICT, () -> store().stage(SEARCH, version(3), material(3), 1));
        assertThat(store().view(SEARCH)).isEqualTo(before);
    }

    @Test
    void stage_ofTwoWritersOnOneRevision_letsOneIn() throws Exception {
        List<Future<StoreView>> attempts = new ArrayList<>();
        int won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 1; n <= 8; n++) {
                VersionId version = version(n);
                KeyMaterial material = material(n);
                attempts.add(threads.submit(() -> store().stage(SEARCH, version, material, 0)));
            }
        }
        for (Future<StoreView> attempt : attempts) {
            won += attempt.state() == Future.State.SUCCESS ? 1 : 0;
        }

        assertThat(won).isEqualTo(1);
        assertThat(store().view(SEARCH).held()).hasSize(1);
    }

    @Test
    void promote_heldVersion_makesItCurrentAndKeepsTheFormer() {
        StoreView view = store().promote(SEARCH, version(2), prepared().revision());

        assertThat(view.current()).contains(version(2));
        assertThat(store().read(SEARCH, version(1))).isEqualTo(material(1));
        assertThat(store().read(SEARCH, version(2))).isEqualTo(material(2));
    }

    @Test
    void promote_whoseProofWentStale_changesNothingForConsumersAndWorksAgain() {
        StoreView before = prepared();

        assertFails(StoreFailure.Kind.STALE_PROOF,
                () -> store().promote(SEARCH, version(2), before.revision(), () -> {
                    throw staleProof();
                }));

        StoreView after = store().view(SEARCH);
        assertThat(after.current()).contains(version(1));
        assertThat(after.held()).containsExactlyInAnyOrder(version(1), version(2));
        assertThat(store().served(SEARCH)).contains(material(1));
        assertThat(store().promote(SEARCH, version(2), after.revision()).current()).contains(version(2));
    }

    static StoreException staleProof() {
        return new StoreException(StoreFailure.Kind.STALE_PROOF, "asked for by the test");
    }

    @Test
    void promote_repeated_changesNothing() {
        long revision = prepared().revision();
        StoreView once = store().promote(SEARCH, version(2), revision);

        assertThat(store().promote(SEARCH, version(2), revision)).isEqualTo(once);
    }

    @Test
    void promote_lateDuplicate_doesNotUndoALaterPromotion() {
        long revision = prepared().revision();
        StoreView second = store().promote(SEARCH, version(2), revision);
        StoreView third = store().stage(SEARCH, version(3), material(3), second.revision());
        store().promote(SEARCH, version(3), third.revision());

        assertFails(StoreFailure.Kind.CONFLICT, () -> store().promote(SEARCH, version(2), revision));
        assertThat(store().view(SEARCH).current()).contains(version(3));
    }

    @Test
    void promote_unknownVersion_isNotFound() {
        long revision = prepared().revision();

        assertFails(StoreFailure.Kind.NOT_FOUND, () -> store().promote(SEARCH, version(9), revision));
    }

    @Test
    void promote_formerVersion_putsItBack() {
        StoreView promoted = store().promote(SEARCH, version(2), prepared().revision());

        StoreView back = store().promote(SEARCH, version(1), promoted.revision());

        assertThat(back.current()).contains(version(1));
        assertThat(back.held()).containsExactlyInAnyOrder(version(1), version(2));
    }

    @Test
    void promote_flaggedVersion_takesTheMarkOff() {
        StoreView promoted = store().promote(SEARCH, version(2), prepared().revision());
        StoreView marked = store().mark(SEARCH, version(1), true, promoted.revision());

        StoreView back = store().promote(SEARCH, version(1), marked.revision());

        assertThat(back.current()).contains(version(1));
        assertThat(back.flagged()).isEmpty();
    }

    @Test
    void mark_heldVersion_setsAndTakesOffTheMark() {
        StoreView promoted = store().promote(SEARCH, version(2), prepared().revision());

        StoreView marked = store().mark(SEARCH, version(1), true, promoted.revision());
        StoreView again = store().mark(SEARCH, version(1), true, promoted.revision());
        StoreView unmarked = store().mark(SEARCH, version(1), false, marked.revision());

        assertThat(marked.flagged()).containsExactly(version(1));
        assertThat(again).isEqualTo(marked);
        assertThat(unmarked.flagged()).isEmpty();
        assertThat(unmarked.held()).isEqualTo(promoted.held());
    }

    @Test
    void mark_currentVersion_isRefused() {
        long revision = prepared().revision();

        assertFails(StoreFailure.Kind.CONFLICT, () -> store().mark(SEARCH, version(1), true, revision));
    }

    @Test
    void mark_onStaleRevision_isConflict() {
        prepared();

        assertFails(StoreFailure.Kind.CONFLICT, () -> store().mark(SEARCH, version(2), true, 1));
    }

    @Test
    void release_revokedVersion_endsItsCustodyForGood() {
        StoreView promoted = store().promote(SEARCH, version(2), prepared().revision());

        StoreView released = store().release(SEARCH, version(1), promoted.revision());

        assertThat(released.held()).containsExactly(version(2));
        assertThat(store().release(SEARCH, version(1), promoted.revision())).isEqualTo(released);
        assertFails(StoreFailure.Kind.NOT_FOUND, () -> store().read(SEARCH, version(1)));
        assertFails(StoreFailure.Kind.NOT_FOUND, () -> store().promote(SEARCH, version(1), released.revision()));
        assertFails(StoreFailure.Kind.CONFLICT,
                () -> store().stage(SEARCH, version(1), material(1), released.revision()));
    }

    @Test
    void release_currentVersion_isRefused() {
        long revision = prepared().revision();

        assertFails(StoreFailure.Kind.CONFLICT, () -> store().release(SEARCH, version(1), revision));
        assertThat(store().read(SEARCH, version(1))).isEqualTo(material(1));
    }

    @Test
    void release_unknownVersion_isNotFound() {
        long revision = prepared().revision();

        assertFails(StoreFailure.Kind.NOT_FOUND, () -> store().release(SEARCH, version(9), revision));
    }

    @Test
    void read_unknownVersion_isNotFound() {
        assertFails(StoreFailure.Kind.NOT_FOUND, () -> store().read(SEARCH, version(1)));
    }

    @Test
    void keys_doNotMeetEachOther() {
        prepared();
        store().stage(FEED, version(1), material(5), 0);

        assertThat(store().read(FEED, version(1))).isEqualTo(material(5));
        assertThat(store().read(SEARCH, version(1))).isEqualTo(material(1));
        assertThat(store().view(FEED).current()).isEmpty();
    }

    @Test
    void everyValue_throughManyRotations_staysReadableUntilReleased() {
        long revision = 0;
        for (int n = 1; n <= heldAtOnce(); n++) {
            revision = store().stage(SEARCH, version(n), material(n), revision).revision();
            revision = store().promote(SEARCH, version(n), revision).revision();
        }

        for (int n = 1; n <= heldAtOnce(); n++) {
            assertThat(store().read(SEARCH, version(n))).isEqualTo(material(n));
        }
        assertThat(store().view(SEARCH).current()).isEqualTo(Optional.of(version(heldAtOnce())));
    }
}
