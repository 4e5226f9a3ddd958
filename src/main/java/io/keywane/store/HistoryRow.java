package io.keywane.store;

import io.keywane.key.KeyName;
import io.keywane.key.OrganisationName;
import io.keywane.usage.Sample;
import io.keywane.usage.UsagePoint;
import io.keywane.usage.WalletReading;

/** One thing that history keeps. */
sealed interface HistoryRow {
    record OfSample(KeyName key, Sample sample) implements HistoryRow {}

    record OfUsage(KeyName key, UsagePoint point) implements HistoryRow {}

    record OfWallet(OrganisationName organisation, WalletReading reading) implements HistoryRow {}
}
