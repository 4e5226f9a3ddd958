package io.keywane.engine;

import io.keywane.key.KeyFault;
import io.keywane.key.KeyMaterial;
import io.keywane.key.KeyName;

import static java.util.Objects.requireNonNull;

/** Port: where new keys come from by themselves. Nothing is ever deleted there. */
@FunctionalInterface
public interface KeySource {
    /** A source that never has a key. */
    KeySource NONE = (key, requestId) -> new Answer.Nothing("there is no such place");

    /**
     * Asks for the new key of a managed key. May take as long as the settings allow.
     *
     * @param requestId durable, and the same for every try: an issuer answers it with the same key. A place does not
     *     need it
     */
    Answer ask(KeyName key, String requestId);

    /** What came of asking. No text in it shows a key. */
    sealed interface Answer {
        /** There is no key yet. */
        record Nothing(String why) implements Answer {
            public Nothing {
                requireNonNull(why, "why is null");
            }
        }

        /** A key. */
        record Found(KeyMaterial material) implements Answer {
            public Found {
                requireNonNull(material, "material is null");
            }
        }

        /** There is something that cannot be a key. */
        record Unusable(KeyFault fault) implements Answer {
            public Unusable {
                requireNonNull(fault, "fault is null");
            }
        }

        /** It cannot be looked at, or the issuer failed and made no key. */
        record Failed(String why) implements Answer {
            public Failed {
                requireNonNull(why, "why is null");
            }
        }

        /** The issuer was cut short: it may have made a key, which the same request id brings. */
        record Unclear(String why) implements Answer {
            public Unclear {
                requireNonNull(why, "why is null");
            }
        }

        /** The issuer will make no key for this request. */
        record Declined(String why) implements Answer {
            public Declined {
                requireNonNull(why, "why is null");
            }
        }
    }
}
