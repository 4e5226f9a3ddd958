package io.keywane.engine;

import io.keywane.key.Moment;
import io.keywane.usage.ProbeBudget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * What our metered probes cost an organisation in the last 24 hours. An entry is made, and made durable, before the probe is
 * sent, with the most that it can cost: neither a lost answer nor a restart makes a probe free.
 */
final class CreditBook {
    private final Deque<Entry> entries = new ArrayDeque<>();

    private record Entry(Moment at, long credits) {}

    void enter(Moment at, long most) {
        entries.removeIf(e -> at.isAtLeastAfter(e.at(), ProbeBudget.DAY));
        entries.add(new Entry(at, most));
    }

    /** The answer said what the probe entered at this moment did cost. */
    void settle(Moment at, long credits) {
        Optional<Entry> entered = entries.stream().filter(e -> e.at().equals(at)).findFirst();
        entered.filter(entries::removeFirstOccurrence).ifPresent(e -> entries.add(new Entry(at, credits)));
    }

    long spent(Moment now) {
        return entries.stream().filter(e -> !now.isAtLeastAfter(e.at(), ProbeBudget.DAY)).mapToLong(Entry::credits)
                .sum();
    }

    Optional<Moment> latest() {
        return Optional.ofNullable(entries.peekLast()).map(Entry::at);
    }

    /** One line for each entry: boot, nanoseconds since it, wall clock, credits. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.at().boot()).append(' ').append(entry.at().sinceBoot().toNanos()).append(' ')
                    .append(entry.at().wall()).append(' ').append(entry.credits()).append('\n');
        }
        return text.toString();
    }

    static CreditBook parse(String text) {
        CreditBook book = new CreditBook();
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext();) {
            String[] fields = lines.next().split(" ", -1);
            if (fields.length != 4) {
                throw new IllegalArgumentException("a line of the credit book has " + fields.length
                        + " fields and should have 4");
            }
            Moment at = new Moment(fields[0], Duration.ofNanos(Long.parseLong(fields[1])), Instant.parse(fields[2]));
            book.entries.add(new Entry(at, Long.parseLong(fields[3])));
        }
        return book;
    }
}
