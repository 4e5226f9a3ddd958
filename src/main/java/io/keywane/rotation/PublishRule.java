package io.keywane.rotation;

import io.keywane.key.Moment;
import io.keywane.rotation.Decider.Step;

import java.util.Optional;

/**
 * What consumers of this host read follows the store's current key: at once where nothing is published yet, else only on a
 * fresh success with that key, so that a working file is never replaced by a refused key.
 */
final class PublishRule {
    private PublishRule() {}

    static void apply(Step step) {
        Optional<KeyVersion> current = step.state().current();
        boolean serves = current.isPresent()
                && step.evidence.store().flatMap(StoreView::current).equals(current.map(KeyVersion::id));
        if (!serves) {
            return;
        }
        switch (step.evidence.publication()) {
            case ABSENT -> step.act(new Action.Publish(current.get().id()));
            case DIFFERS -> publishOnFreshProof(step, current.get());
            case MATCHES, NOT_CONFIGURED -> {
            } // nothing to do
        }
    }

    private static void publishOnFreshProof(Step step, KeyVersion current) {
        Optional<Moment> success = step.evidence.of(current.id()).lastSuccess();
        boolean fresh = step.evidence.of(current.id()).acceptance() == Acceptance.ACCEPTED
                && PromotionProof.isFresh(success, step.now);
        step.act(fresh ? new Action.Publish(current.id()) : new Action.Probe(current.id()));
    }
}
