package io.keywane.store;

import io.keywane.engine.StoreException;
import io.keywane.engine.StoreFailure;
import io.keywane.engine.StoreReference;
import io.keywane.key.KeyMaterial;
import io.keywane.key.VersionId;
import io.keywane.rotation.StoreView;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One secret of AWS Secrets Manager, in which one managed key lies: which of its versions are ours, and each change of
 * them as the calls that make it. One change at a time: the caller sees to that.
 */
final class AwsSecret {
    /** Labels that a rotation may need at once: the candidate's, its copy's, the mark's, and one to spare. */
    static final int LABELS_OF_A_ROTATION = 4;
    /** The first version of a secret is current whatever its labels say, so it must not be a key that nobody proved. */
    private static final String PLACEHOLDER_VERSION = "keywane-placeholder-before-the-first-key";
    private static final String PLACEHOLDER = "no key yet";

    private final AwsCalls calls;
    private final StoreReference place;
    private final String name;
    private final SecretText text;
    /** What a current version of others was found to be. A version's value never changes. */
    private final Map<String, VersionId> recognised = new ConcurrentHashMap<>();

    /**
     * What the secret was seen to be.
     *
     * @param labels as AWS shows them
     * @param view what they mean
     */
    record Look(AwsLabels labels, StoreView view) {}

    AwsSecret(AwsCalls calls) {
        this.calls = calls;
        this.place = calls.place();
        this.name = place.path();
        this.text = new SecretText(place);
    }

    StoreReference place() {
        return place;
    }

    /** How AWS names it for good, whichever way the settings name it. */
    String arn() {
        return calls.labels().arn();
    }

    Look look() {
        AwsLabels labels = calls.labels();
        return new Look(labels, view(labels));
    }

    /** The AWS version that holds one of ours, given where the labels are. */
    String holder(Look look, VersionId version) {
        Optional<String> current = look.labels().holder(AwsLabels.CURRENT);
        boolean servedByOthers = current.filter(v -> look.labels().idOf(v).isEmpty()).isPresent()
                && look.view().current().equals(Optional.of(version));
        Optional<String> holder = servedByOthers ? current : look.labels().holderOf(version);
        return holder.orElseThrow(() -> notHeld(version));
    }

    /** The value of one of our versions, given the AWS version that holds it. */
    KeyMaterial value(String holder, VersionId version) {
        return key(holder).orElseThrow(() -> notHeld(version));
    }

    StoreView stage(VersionId version, KeyMaterial material, long expectedRevision) {
        AwsLabels labels = calls.labels();
        StoreView before = view(labels);
        Optional<String> holder = labels.holderOf(version);
        if (holder.isPresent()) {
            requireSameValue(holder.get(), version, material);
            return before;
        }
        requireRevision(before, expectedRevision);
        requireNoOtherRotation(labels);
        if (calls.text(version.value()).isPresent()) {
            throw conflict("version " + version.brief() + " was released before");
        }
        if (labels.free() < LABELS_OF_A_ROTATION) {
            throw new StoreException(StoreFailure.Kind.UNAVAILABLE, "secret " + name + " has "
                    + labels.free() + " of " + AwsLabels.QUOTA + " staging labels left and a rotation needs "
                    + LABELS_OF_A_ROTATION + ": revoke the flagged keys in the vendor's dashboard and confirm it");
        }
        if (labels.isEmpty()) {
            String nothing = place.field().isPresent() ? SecretText.EMPTY_OBJECT : PLACEHOLDER;
            calls.put(PLACEHOLDER_VERSION, nothing, AwsLabels.CURRENT);
            labels = calls.await(l -> l.holder(AwsLabels.CURRENT).isPresent());
        }
        if (!claimed(labels, version, material)) {
            calls.put(version.value(), text.withKey(currentText(labels), material),
                    AwsLabels.held(version));
        }
        AwsLabels written = calls.await(l -> l.holder(AwsLabels.held(version)).isPresent());
        requireSameValue(written.holderOf(version).orElseThrow(), version, material);
        return view(written);
    }

    /** A value that consumers read already needs no copy: its version gets our label. */
    private boolean claimed(AwsLabels labels, VersionId version, KeyMaterial material) {
        String current = labels.holder(AwsLabels.CURRENT).orElseThrow();
        boolean same = labels.idOf(current).isEmpty() && !current.equals(PLACEHOLDER_VERSION)
                && key(current).filter(material::equals).isPresent();
        if (same) {
            calls.move(AwsLabels.held(version), Optional.empty(), Optional.of(current));
        }
        return same;
    }

    StoreView promote(VersionId version, long expectedRevision, Runnable proof) {
        AwsLabels labels = calls.labels();
        StoreView before = view(labels);
        String held = labels.holderOf(version).orElseThrow(() -> notHeld(version));
        if (before.current().equals(Optional.of(version))) {
            return tidied(version, labels);
        }
        requireRevision(before, expectedRevision);
        requireNoOtherRotation(labels);
        String left = labels.holder(AwsLabels.CURRENT).orElseThrow(() -> conflict("it has no current version"));
        keep(labels, left, before);
        String target = withPresentFields(version, held, left);
        proof.run();
        calls.move(AwsLabels.CURRENT, Optional.of(left), Optional.of(target));
        AwsLabels switched = calls.await(l -> l.holder(AwsLabels.CURRENT).equals(Optional.of(target)));
        return calls.afterWriting(() -> tidied(version, switched));
    }

    /** Before the switch leaves a key that others put there, it comes into custody; a text without a key needs none. */
    private void keep(AwsLabels labels, String left, StoreView before) {
        if (labels.idOf(left).isPresent()) {
            return;
        }
        before.current().filter(id -> labels.holderOf(id).isEmpty())
                .ifPresent(id -> calls.move(AwsLabels.held(id), Optional.empty(), Optional.of(left)));
    }

    /** The held version itself, or a copy of what the secret holds now with our key in it. */
    private String withPresentFields(VersionId version, String held, String current) {
        String present = calls.text(current).orElseThrow(() -> notHeld(version));
        String kept = calls.text(held).orElseThrow(() -> notHeld(version));
        if (text.isSameBeside(present, kept)) {
            return held;
        }
        String renewed = text.withKey(present, text.key(kept).orElseThrow(() -> notHeld(version)));
        String token = AwsLabels.derived(version + "/" + current + "/" + held).value();
        calls.put(token, renewed, AwsLabels.next(version));
        calls.await(l -> l.holder(AwsLabels.next(version)).equals(Optional.of(token)));
        return token;
    }

    /** The current version bears its label of custody, on the version that consumers read, and no mark. */
    private StoreView tidied(VersionId version, AwsLabels labels) {
        String current = labels.holder(AwsLabels.CURRENT).orElseThrow();
        String label = AwsLabels.held(version);
        Optional<String> held = labels.holder(label);
        if (!held.equals(Optional.of(current))) {
            calls.move(label, held, Optional.of(current));
        }
        remove(labels, AwsLabels.revoke(version));
        remove(labels, AwsLabels.next(version));
        return view(calls.await(l -> l.holder(label).equals(Optional.of(current))
                && l.holder(AwsLabels.revoke(version)).isEmpty() && l.holder(AwsLabels.next(version)).isEmpty()));
    }

    StoreView mark(VersionId version, boolean flagged, long expectedRevision) {
        AwsLabels labels = calls.labels();
        StoreView before = view(labels);
        String holder = labels.holderOf(version).orElseThrow(() -> notHeld(version));
        String wanted = flagged ? AwsLabels.revoke(version) : AwsLabels.held(version);
        String other = flagged ? AwsLabels.held(version) : AwsLabels.revoke(version);
        if (labels.holder(wanted).isPresent() && labels.holder(other).isEmpty()) {
            return before;
        }
        requireRevision(before, expectedRevision);
        if (flagged && before.current().equals(Optional.of(version))) {
            throw conflict("version " + version.brief() + " is the one that consumers read");
        }
        if (labels.holder(wanted).isEmpty()) {
            calls.move(wanted, Optional.empty(), Optional.of(holder));
            return calls.afterWriting(() -> without(other, calls.await(l -> l.holder(wanted).isPresent())));
        }
        return without(other, labels);
    }

    private StoreView without(String label, AwsLabels labels) {
        remove(labels, label);
        return view(calls.await(l -> l.holder(label).isEmpty()));
    }

    StoreView release(VersionId version, long expectedRevision) {
        AwsLabels labels = calls.labels();
        StoreView before = view(labels);
        if (labels.holderOf(version).isEmpty()) {
            if (calls.text(version.value()).isEmpty()) {
                throw notHeld(version);
            }
            return before;
        }
        requireRevision(before, expectedRevision);
        if (before.current().equals(Optional.of(version))) {
            throw conflict("version " + version.brief() + " is the one that consumers read");
        }
        remove(labels, AwsLabels.held(version));
        remove(labels, AwsLabels.revoke(version));
        return view(calls.await(l -> l.holderOf(version).isEmpty()));
    }

    private void remove(AwsLabels labels, String label) {
        labels.holder(label).ifPresent(holder -> calls.move(label, Optional.of(holder), Optional.empty()));
    }

    private StoreView view(AwsLabels labels) {
        return labels.view(labels.holder(AwsLabels.CURRENT).filter(v -> !v.equals(PLACEHOLDER_VERSION))
                .flatMap(v -> labels.idOf(v).or(() -> recognise(labels, v))));
    }

    /**
     * A current version that others wrote: with a key of ours it is that version (they changed other fields), else it is
     * a version of theirs; without a key there is no current one.
     */
    private Optional<VersionId> recognise(AwsLabels labels, String current) {
        String state = current + "/" + labels.held().stream().sorted().toList();
        VersionId known = recognised.get(state);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KeyMaterial> served = key(current);
        Optional<VersionId> found = served.map(value -> labels.held().stream()
                .filter(id -> labels.holderOf(id).flatMap(v -> key(v)).filter(value::equals).isPresent())
                .findFirst().orElseGet(() -> AwsLabels.derived(current)));
        found.ifPresent(id -> recognised.put(state, id));
        return found;
    }

    private Optional<KeyMaterial> key(String awsVersion) {
        return calls.text(awsVersion).flatMap(text::key);
    }

    private String currentText(AwsLabels labels) {
        return labels.holder(AwsLabels.CURRENT).flatMap(calls::text).orElse(SecretText.EMPTY_OBJECT);
    }

    /** Two masters of one secret would take labels from each other. */
    private void requireNoOtherRotation(AwsLabels labels) {
        if (labels.rotated()) {
            throw new StoreException(StoreFailure.Kind.DENIED, "secret " + name
                    + " is rotated by a Lambda function: switch that off (aws secretsmanager cancel-rotate-secret "
                    + "--secret-id " + name + ") before Keywane rotates it");
        }
    }

    private void requireSameValue(String holder, VersionId version, KeyMaterial material) {
        if (key(holder).filter(material::equals).isEmpty()) {
            throw conflict("version " + version.brief() + " is held with another value");
        }
    }

    private void requireRevision(StoreView view, long expected) {
        if (view.revision() != expected) {
            throw conflict("it has changed since it was looked into");
        }
    }

    private StoreException conflict(String why) {
        return new StoreException(StoreFailure.Kind.CONFLICT, "secret " + name + ": " + why);
    }

    private StoreException notHeld(VersionId version) {
        return new StoreException(StoreFailure.Kind.NOT_FOUND,
                "secret " + name + " does not hold version " + version.brief());
    }
}
