package io.keywane.sandbox;

import java.util.List;

/**
 * A part of the ground truth.
 *
 * @param dropped requests that the bounded ground truth no longer holds, over all keys
 * @param nextAfter the {@code after} of the next page
 * @param more whether requests beyond {@code nextAfter} were already there
 */
public record RequestPage(List<RequestRecord> requests, long dropped, long nextAfter, boolean more) {

    public RequestPage {
        requests = List.copyOf(requests);
    }
}
