package io.keywane.engine;

import java.util.List;

/** Port: examines a store without changing anything: reachability, rights (missing and excess), pitfalls of its setup. */
@FunctionalInterface
public interface StoreInspector {
    /** All that was found, the good included. Throws nothing: a store that cannot be reached is a finding. */
    List<StoreFinding> inspect();
}
