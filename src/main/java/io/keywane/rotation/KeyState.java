package io.keywane.rotation;

import io.keywane.key.Fingerprint;
import io.keywane.key.KeyName;
import io.keywane.key.Stage;
import io.keywane.key.VersionId;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * All that is durably known of one managed key: its versions and its latest rotation. At most one version is current.
 *
 * @param key the managed key
 * @param versions every version ever taken in, oldest first, revoked ones included (their values are refused for ever)
 * @param rotation the latest rotation, open or over
 */
public record KeyState(KeyName key, List<KeyVersion> versions, Optional<Rotation> rotation) {
    public KeyState {
        requireNonNull(key, "key is null");
        requireNonNull(rotation, "rotation is null");
        versions = List.copyOf(versions);
        if (versions.stream().filter(v -> v.stage() == Stage.CURRENT).count() > 1) {
            throw new IllegalArgumentException("key " + key + " has more than one current version");
        }
    }

    /** A key of which nothing is known yet. */
    public static KeyState empty(KeyName key) {
        return new KeyState(key, List.of(), Optional.empty());
    }

    public Optional<KeyVersion> current() {
        return versions.stream().filter(v -> v.stage() == Stage.CURRENT).findFirst();
    }

    public Optional<KeyVersion> version(VersionId id) {
        return versions.stream().filter(v -> v.id().equals(id)).findFirst();
    }

    public Optional<KeyVersion> withValue(Fingerprint fingerprint) {
        return versions.stream().filter(v -> v.fingerprint().equals(fingerprint)).findFirst();
    }

    /** Versions on their way out whose use must be watched. */
    public List<KeyVersion> leaving() {
        return versions.stream().filter(v -> v.stage().isLeaving()).toList();
    }

    /** Versions that the API is probed with: no revoked one, and no candidate before the store was seen to hold it. */
    public List<KeyVersion> probed() {
        return versions.stream().filter(v -> v.stage() != Stage.REVOKED)
                .filter(v -> v.stage() != Stage.CANDIDATE || isBeingProven(v)).toList();
    }

    private boolean isBeingProven(KeyVersion candidate) {
        return openRotation().filter(r -> r.newVersion().equals(Optional.of(candidate.id())))
                .filter(r -> r.place() != RotationState.AWAITING_KEY).isPresent();
    }

    /** The rotation that occupies the key, if one does. */
    public Optional<Rotation> openRotation() {
        return rotation.filter(r -> !r.state().isTerminal());
    }

    /**
     * This state with another rotation, which takes over what was waived for the versions that still leave.
     *
     * @throws IllegalStateException while one is open
     */
    KeyState opening(Rotation next) {
        if (openRotation().isPresent()) {
            throw new IllegalStateException("a rotation of " + key + " is open");
        }
        RotationBuilder opened = next.change();
        for (KeyVersion version : leaving()) {
            rotation.stream().flatMap(former -> former.waivers().stream()
                    .filter(waiver -> waiver.version().map(version.id()::equals).orElse(former.concerns(version.id()))))
                    .forEach(waiver -> opened.waive(waiver.of(version.id())));
        }
        return with(opened.build());
    }

    public KeyState with(Rotation changed) {
        return new KeyState(key, versions, Optional.of(changed));
    }

    public KeyState adding(KeyVersion version) {
        return new KeyState(key, Stream.concat(versions.stream(), Stream.of(version)).toList(), rotation);
    }

    /** This state with one version changed. */
    public KeyState with(VersionId id, UnaryOperator<KeyVersion> change) {
        return new KeyState(key, versions.stream().map(v -> v.id().equals(id) ? change.apply(v) : v).toList(),
                rotation);
    }
}
