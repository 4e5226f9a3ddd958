package io.keywane.page;

import io.keywane.control.Report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The credits that a wallet lost each day, shared out by each key's share of the requests that were seen that day: an
 * estimate, since the API tells no key's own credits.
 *
 * @param names the keys with the most first, then the others together, then what no known key was seen to use
 */
record CreditShares(String organisation, List<String> names, List<Day> days) {
    /** So many keys have a colour of their own. */
    static final int NAMED = 5;
    private static final String OTHERS = "other keys";
    private static final String NOBODY = "no known key";

    CreditShares {
        names = List.copyOf(names);
        days = List.copyOf(days);
    }

    /** One day; {@code credits} in the order of the names. */
    record Day(Instant day, long consumed, List<Double> credits) {
        Day {
            credits = List.copyOf(credits);
        }
    }

    static CreditShares of(Report.Wallet wallet, List<Report.Key> all) {
        List<Report.Key> keys = all.stream().filter(key -> key.organisation().equals(wallet.organisation()))
                .sorted(Comparator.comparingDouble((Report.Key key) -> requests(key)).reversed()).toList();
        List<Report.Key> named = keys.subList(0, Math.min(NAMED, keys.size()));
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < wallet.days().size(); i++) {
            Report.WalletDay day = wallet.days().get(i);
            int index = i;
            double whole = keys.stream().mapToDouble(key -> requests(key, index)).sum();
            List<Double> credits = new ArrayList<>();
            named.forEach(key -> credits.add(share(day, requests(key, index), whole)));
            double shown = credits.stream().mapToDouble(Double::doubleValue).sum();
            double shared = whole > 0 ? (double) day.consumed() : 0;
            credits.add(Math.max(0, shared - shown));
            credits.add(day.consumed() - shared);
            days.add(new Day(day.day(), day.consumed(), credits));
        }
        List<String> names = new ArrayList<>(named.stream().map(Report.Key::key).toList());
        names.add(OTHERS);
        names.add(NOBODY);
        return new CreditShares(wallet.organisation(), names, days);
    }

    private static double share(Report.WalletDay day, double requests, double whole) {
        return whole > 0 ? day.consumed() * requests / whole : 0;
    }

    private static double requests(Report.Key key) {
        return key.days().stream().mapToDouble(Report.UseDay::requests).sum();
    }

    private static double requests(Report.Key key, int index) {
        return index < key.days().size() ? key.days().get(index).requests() : 0;
    }

    long consumed() {
        return days.stream().mapToLong(Day::consumed).sum();
    }

    /** Whether the series has anything to show. */
    boolean isShown(int series) {
        return days.stream().anyMatch(day -> day.credits().get(series) >= 0.5);
    }
}
