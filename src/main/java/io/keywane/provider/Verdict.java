package io.keywane.provider;

import io.keywane.usage.ProbeFailure;
import io.keywane.usage.ProbeOutcome;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What an answer, or the lack of one, says of the key.
 *
 * @param outcome the meaning
 * @param failure why it is UNKNOWN; present exactly then
 */
record Verdict(ProbeOutcome outcome, Optional<ProbeFailure> failure) {
    Verdict {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(failure, "failure is null");
    }

    static Verdict unknown(ProbeFailure failure) {
        return new Verdict(ProbeOutcome.UNKNOWN, Optional.of(failure));
    }

    /**
     * Judges an answer. That a key was accepted is believed only of an answer in the API's own form, JSON: captive portals,
     * firewalls and caches answer 200, 403 and 404 as well. A refusal (401) is believed in any form, since it is confirmed
     * by further probes and a control request before it counts.
     *
     * @param bodyExpected whether the request's method has a body in its answer
     */
    static Verdict of(Answer answer, boolean bodyExpected) {
        int status = answer.status();
        if (status >= 500) {
            return unknown(ProbeFailure.SERVER_ERROR);
        }
        if (status >= 300 && status < 400 && status != 304) {
            return unknown(ProbeFailure.REDIRECT);
        }
        ProbeOutcome outcome = ProbeOutcome.ofStatus(status);
        boolean cached = !answer.header("Age").isEmpty();
        if (outcome == ProbeOutcome.UNKNOWN || cached || (outcome.isAccepted() && !isJson(answer, bodyExpected))) {
            return unknown(ProbeFailure.NOT_THE_API);
        }
        return new Verdict(outcome, Optional.empty());
    }

    private static boolean isJson(Answer answer, boolean bodyExpected) {
        return isJsonType(answer.header("Content-Type")) && (!bodyExpected || answer.start().json());
    }

    /** {@code application/json} and its kin, such as {@code application/problem+json}. */
    private static boolean isJsonType(List<String> values) {
        if (values.size() != 1) {
            return false;
        }
        String type = values.getFirst().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }
}
