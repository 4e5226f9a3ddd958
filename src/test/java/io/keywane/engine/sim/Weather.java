package io.keywane.engine.sim;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which faults hold when. */
final class Weather {
    /** One fault, from when until when, in milliseconds of true time. */
    record Spell(Fault fault, long from, long until) {}

    private final List<Spell> spells;
    private final Dice dice;
    private final SimulatedClock clock;
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private final long end;

    Weather(List<Spell> spells, Dice dice, SimulatedClock clock) {
        this.spells = List.copyOf(spells);
        this.dice = dice;
        this.clock = clock;
        this.end = spells.stream().mapToLong(Spell::until).max().orElse(0);
    }

    /** Whether this fault strikes here and now. */
    boolean strikes(Fault fault) {
        long now = clock.millis();
        if (now >= end) {
            return false;
        }
        for (Spell spell : spells) {
            if (spell.fault() == fault && now >= spell.from() && now < spell.until()
                    && (fault.share() >= 1 || dice.chance(fault.share()))) {
                struck.merge(fault, 1, Integer::sum);
                return true;
            }
        }
        return false;
    }

    /** The spells of moments that begin in a span of time. */
    List<Spell> moments(long from, long until) {
        return spells.stream().filter(s -> s.fault().isMoment() && s.from() >= from && s.from() < until)
                .peek(s -> struck.merge(s.fault(), 1, Integer::sum)).toList();
    }

    /** When the last fault ends. */
    long end() {
        return end;
    }

    Map<Fault, Integer> struck() {
        return struck;
    }
}
