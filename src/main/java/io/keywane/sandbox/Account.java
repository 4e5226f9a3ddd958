package io.keywane.sandbox;

/** One organisation: its wallet, and the plan that all of its keys share. */
final class Account {
    private final String id;
    private final String name;
    private final Wallet wallet;
    private volatile FeedPlan feedPlan;

    Account(String id, String name, long balance, FeedPlan feedPlan) {
        this.id = id;
        this.name = name;
        this.wallet = new Wallet(balance);
        this.feedPlan = feedPlan;
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

    SandboxControl.Organisation view() {
        return new SandboxControl.Organisation(id, name, wallet.balance(), feedPlan);
    }
}
