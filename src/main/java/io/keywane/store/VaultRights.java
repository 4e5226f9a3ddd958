package io.keywane.store;

import io.github.jopenlibs.vault.json.JsonObject;
import io.github.jopenlibs.vault.json.JsonValue;
import io.keywane.engine.StoreReference;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rights that a token needs on each path, and all it may have there. Reading and writing data and reading metadata is
 * all; what deletes, destroys, or changes metadata is never needed.
 *
 * @param needed by path
 * @param harmless rights that may be there beside the needed ones, by path
 */
record VaultRights(Map<String, Set<String>> needed, Map<String, Set<String>> harmless) {
    private static final Set<String> READ = Set.of("read");
    private static final Set<String> WRITE = Set.of("create", "update");

    /**
     * How a token's rights compare.
     *
     * @param missing each as {@code RIGHT on PATH}
     * @param excess each as {@code RIGHT on PATH}
     * @param readsOnly whether everything that is missing is a right to write, and no such right is there
     */
    record Judgement(List<String> missing, List<String> excess, boolean readsOnly) {}

    VaultRights {
        needed = Map.copyOf(needed);
        harmless = Map.copyOf(harmless);
    }

    /**
     * What is needed.
     *
     * @param candidates the secrets from which new keys are taken, which are only read
     */
    static VaultRights of(String mount, Collection<StoreReference> places, Collection<StoreReference> candidates) {
        Map<String, Set<String>> needed = new TreeMap<>();
        Map<String, Set<String>> harmless = new TreeMap<>();
        for (StoreReference place : places) {
            needed.put(mount + "/data/" + place.path(), Set.of("read", "update"));
            harmless.put(mount + "/data/" + place.path(), Set.of("create", "patch"));
            needed.put(mount + "/data/" + place.custody(), Set.of("read", "create", "update"));
            harmless.put(mount + "/data/" + place.custody(), Set.of("patch"));
            for (String path : List.of(place.path(), place.custody())) {
                needed.put(mount + "/metadata/" + path, READ);
                harmless.put(mount + "/metadata/" + path, Set.of("list"));
                for (String forbidden : List.of("delete", "undelete", "destroy")) {
                    needed.put(mount + "/" + forbidden + "/" + path, Set.of());
                }
            }
        }
        for (StoreReference candidate : candidates) {
            needed.put(mount + "/data/" + candidate.path(), READ);
        }
        needed.put("auth/token/lookup-self", READ);
        needed.put("auth/token/renew-self", Set.of("update"));
        harmless.put("auth/token/renew-self", Set.of("create"));
        return new VaultRights(needed, harmless);
    }

    List<String> paths() {
        return needed.keySet().stream().sorted().toList();
    }

    /** Compares with the server's answer: the rights by path. */
    Judgement judge(JsonObject answer) {
        List<String> missing = new ArrayList<>();
        List<String> excess = new ArrayList<>();
        boolean writes = false;
        boolean cannotRead = false;
        boolean rootSeen = false;
        for (String path : paths()) {
            Set<String> has = rights(answer.get(path));
            boolean all = has.remove("root");
            rootSeen |= all;
            for (String right : needed.getOrDefault(path, Set.of()).stream().sorted().toList()) {
                if (!all && !has.contains(right)) {
                    missing.add(right + " on " + path);
                    cannotRead |= !WRITE.contains(right) || path.startsWith("auth/");
                }
            }
            writes |= path.contains("/data/") && (all || has.stream().anyMatch(WRITE::contains));
            has.removeAll(needed.getOrDefault(path, Set.of()));
            has.removeAll(harmless.getOrDefault(path, Set.of()));
            has.remove("deny");
            has.stream().sorted().forEach(right -> excess.add(right + " on " + path));
        }
        if (rootSeen) {
            excess.add("root: the token may do everything");
        }
        return new Judgement(missing, excess, !missing.isEmpty() && !writes && !cannotRead);
    }

    private static Set<String> rights(@Nullable JsonValue value) {
        Set<String> rights = new HashSet<>();
        if (value != null && value.isArray()) {
            value.asArray().forEach(right -> rights.add(right.isString() ? right.asString() : right.toString()));
        }
        return rights;
    }
}
