package io.keywane.rotation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/** When an open gate can be met at the earliest, or why that cannot be foretold. */
public sealed interface Earliest {
    /** Not before this time, if from now on nothing stands in the way. */
    record At(Instant time) implements Earliest {
        public At {
            requireNonNull(time, "time is null");
        }
    }

    /** Nobody can tell. */
    record Unknown(Why why) implements Earliest {
        public Unknown {
            requireNonNull(why, "why is null");
        }
    }

    /** Why no time can be given: a closed list. */
    enum Why {
        NOT_PUBLISHED("the new key is not published yet"),
        NOT_SAMPLED("a group was not sampled lately"),
        NOT_OBSERVABLE("the samples of a group say nothing, and that does not end by waiting"),
        FIXED_WINDOW("strictly no silence reaches from one fixed window into the next, and one is shorter than the quiet period"),
        WAITS_FOR_CONSUMERS("it depends on consumers that have not switched"),
        NO_LOAD_KNOWN("no load of the old key is known that could move"),
        TOO_LITTLE_OBSERVED("too little of the new key's use was observed"),
        WALLET_NOT_SEEN("the wallet was not looked into lately"),
        WALLET_EMPTY("the wallet is empty");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String sentence() {
            return sentence;
        }
    }

    /** When all of several gates can be met; empty where none is open. */
    static Optional<Earliest> ofAll(List<GateReport> gates) {
        List<Earliest> open = gates.stream().filter(gate -> !gate.isOpen()).flatMap(gate -> gate.earliest().stream())
                .toList();
        Optional<Earliest> unknown = open.stream().filter(Unknown.class::isInstance).findFirst();
        return unknown.isPresent()
                ? unknown
                : open.stream().max(Comparator.comparing(earliest -> ((At) earliest).time()));
    }
}
