package io.keywane.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cache between clients and API that knows no better than to repeat successes: by path and query alone, whatever the
 * key. Idle unless the faults say how long it keeps answers. Thread-safe.
 */
final class AnswerCache {
    private static final int MOST_ANSWERS = 1_000;

    private final Map<String, Kept> answers = new ConcurrentHashMap<>();

    /** A former answer to the same request that is not too old, as the cache would send it. */
    Optional<Answer> find(ApiRequest request, Faults faults, Instant now) {
        if (!caches(request, faults)) {
            return Optional.empty();
        }
        Kept kept = answers.get(name(request));
        if (kept == null || kept.age(now).compareTo(faults.cachedFor()) >= 0) {
            return Optional.empty();
        }
        List<Answer.Header> age = faults.cachedAge()
                ? List.of(Answer.Header.of("Age", kept.age(now).toSeconds()))
                : List.of();
        return Optional.of(kept.answer().repeated(kept.at(), age));
    }

    void keep(ApiRequest request, Faults faults, Answer answer, Instant now) {
        if (!caches(request, faults) || answer.status() != 200) {
            return;
        }
        if (answers.size() >= MOST_ANSWERS) {
            answers.clear();
        }
        answers.put(name(request), new Kept(answer, now));
    }

    private static boolean caches(ApiRequest request, Faults faults) {
        return !faults.cachedFor().isZero() && request.method().equals("GET");
    }

    private static String name(ApiRequest request) {
        return request.path() + "?" + new TreeMap<>(request.query());
    }

    private record Kept(Answer answer, Instant at) {
        Duration age(Instant now) {
            return Duration.between(at, now);
        }
    }
}
