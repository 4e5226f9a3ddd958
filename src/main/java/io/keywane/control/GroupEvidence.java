package io.keywane.control;

import io.keywane.key.Stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * What is known of others' use of one key version in one limiter group.
 *
 * @param versionBrief the key version
 * @param stage where that version stands
 * @param group the limiter
 * @param verdict what the last sample tells, lower case ({@code silent}, {@code in_use}, ...)
 * @param why the word for that
 * @param whySentence the same for people
 * @param silentSince begin of the contiguous proven silence that lasts until now
 * @param silentFor its length
 * @param foreignLo least number of others' requests in the window shown
 * @param foreignHi most
 * @param window length of the window shown
 * @param lastSample when the last sample was taken
 */
public record GroupEvidence(
        String versionBrief,
        Stage stage,
        String group,
        String verdict,
        String why,
        String whySentence,
        Optional<Instant> silentSince,
        Optional<Duration> silentFor,
        Optional<Long> foreignLo,
        Optional<Long> foreignHi,
        Optional<Duration> window,
        Optional<Instant> lastSample) {
    public GroupEvidence {
        requireNonNull(versionBrief, "versionBrief is null");
        requireNonNull(stage, "stage is null");
        requireNonNull(group, "group is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(why, "why is null");
        requireNonNull(whySentence, "whySentence is null");
        requireNonNull(silentSince, "silentSince is null");
        requireNonNull(silentFor, "silentFor is null");
        requireNonNull(foreignLo, "foreignLo is null");
        requireNonNull(foreignHi, "foreignHi is null");
        requireNonNull(window, "window is null");
        requireNonNull(lastSample, "lastSample is null");
    }
}
