package io.keywane.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rights that a token of the stand-in has: read from the same text that a real server is given. */
record VaultPolicies(Map<String, Set<String>> paths) {
    static final VaultPolicies ROOT = new VaultPolicies(Map.of("*", Set.of("root")));
    private static final Pattern RULE = Pattern
            .compile("path\\s+\"([^\"]+)\"\\s*\\{\\s*capabilities\\s*=\\s*\\[([^\\]]*)\\]\\s*\\}");

    /** What every token has that is not made without the policy "default". */
    private static final String DEFAULT = """
            path "auth/token/lookup-self" { capabilities = ["read"] }
            path "auth/token/renew-self" { capabilities = ["update"] }
            path "sys/capabilities-self" { capabilities = ["update"] }
            """;

    /** Reads a policy as it would stand in a file; with what every token has. */
    static VaultPolicies of(String text) {
        VaultPolicies read = alone(DEFAULT);
        Map<String, Set<String>> all = new HashMap<>(read.paths);
        all.putAll(alone(text).paths);
        return new VaultPolicies(all);
    }

    /** Reads a policy for a token that has no other. */
    static VaultPolicies alone(String text) {
        Map<String, Set<String>> paths = new HashMap<>();
        Matcher matcher = RULE.matcher(text.replaceAll("(?m)#.*$", ""));
        while (matcher.find()) {
            paths.put(matcher.group(1), Arrays.stream(matcher.group(2).split(",", -1))
                    .map(word -> word.replace("\"", "").strip()).filter(w -> !w.isEmpty()).collect(Collectors.toSet()));
        }
        return new VaultPolicies(paths);
    }

    /** The rights on a path: an exact rule wins, then the longest pattern. */
    Set<String> on(String path) {
        Optional<Map.Entry<String, Set<String>>> rule = paths.entrySet().stream()
                .filter(entry -> fits(entry.getKey(), path))
                .max(Comparator.comparing((Map.Entry<String, Set<String>> e) -> e.getKey().equals(path))
                        .thenComparingInt(e -> e.getKey().length()));
        return rule.map(Map.Entry::getValue).filter(rights -> !rights.contains("deny")).orElse(Set.of());
    }

    boolean allows(String right, String path) {
        Set<String> rights = on(path);
        return rights.contains("root") || rights.contains(right);
    }

    private static boolean fits(String pattern, String path) {
        boolean prefix = pattern.endsWith("*");
        String bare = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        String regex = Arrays.stream(bare.split("\\+", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]+"));
        return path.matches(regex + (prefix ? ".*" : ""));
    }
}
