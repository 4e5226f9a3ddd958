package io.keywane.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Spelling {
    private Spelling() {}

    /** "did you mean" with the nearest of the allowed words, else all of them. */
    static String suggestion(String word, Collection<String> allowed) {
        return nearest(word, allowed).map(near -> "did you mean \"" + near + "\"?").orElseGet(() -> list(allowed));
    }

    /** The allowed word that is at most a third of its letters away; the case, '-' and '_' make no difference. */
    static Optional<String> nearest(String word, Collection<String> allowed) {
        return allowed.stream().filter(candidate -> distance(word, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String list(Collection<String> allowed) {
        return allowed.isEmpty() ? "nothing is allowed here" : "allowed here: " + String.join(", ", allowed);
    }

    private static int distance(String word, String candidate) {
        return distance(plain(word).toCharArray(), plain(candidate).toCharArray());
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Damerau's distance with adjacent transpositions: how many slips of the finger lie between two words. */
    private static int distance(char[] a, char[] b) {
        int[][] cost = new int[a.length + 1][b.length + 1];
        for (int i = 0; i <= a.length; i++) {
            cost[i][0] = i;
        }
        for (int j = 0; j <= b.length; j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            for (int j = 1; j <= b.length; j++) {
                int swap = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + swap, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length][b.length];
    }
}
