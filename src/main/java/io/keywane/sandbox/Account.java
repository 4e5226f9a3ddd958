package io.keywane.sandbox;

/** One organisation: its wallet, and the plan that all of its keys share. */
final class Account {
    private final String id;
    private final String name;
    private final Wallet wallet;
    private volatile FeedPlan feedPlan;
    private volatile RateSettings rates;

    Account(String id, String name, long balance, FeedPlan feedPlan, RateSettings rates) {
        this.id = id;
        this.name = name;
        this.wallet = new Wallet(balance);
        this.feedPlan = feedPlan;
        this.rates = rates;
    }

    Wallet wallet() {
        return wallet;
    }

    FeedPlan feedPlan() {
        return feedPlan;
    }

    void change(FeedPlan value) {
        feedPlan = value;
    }

    RateSettings rates() {
        return rates;
    }

    void change(RateSettings value) {
        rates = value;
    }

    SandboxControl.Organisation view() {
        return new SandboxControl.Organisation(id, name, wallet.balance(), feedPlan);
    }
}
