package io.keywane.engine;

import io.keywane.key.KeyMaterial;
import io.keywane.key.VersionId;
import io.keywane.rotation.KeyState;

import java.util.function.UnaryOperator;

import static java.util.Objects.requireNonNull;

/** One part of carrying out a {@link Change}; what follows from all of them is decided by the runner. */
sealed interface Part {
    /** A move of the state, made durable with its audit line before the next part. */
    record Move(UnaryOperator<KeyState> change) implements Part {
        public Move {
            requireNonNull(change, "change is null");
        }
    }

    /** A value is given to the store and read back. */
    record Stage(VersionId version, KeyMaterial material) implements Part {
        public Stage {
            requireNonNull(version, "version is null");
            requireNonNull(material, "material is null");
        }
    }

    /** A version that a person says is revoked is looked at: is it refused? */
    record Prove(VersionId version) implements Part {
        public Prove {
            requireNonNull(version, "version is null");
        }
    }
}
