package io.keywane.runbook;

/**
 * How the situation of a page is brought about, and what people do while its commands are run.
 *
 * @param page the page's name
 * @param balance the credits that the organisation begins with
 */
record Scenario(String page, long balance, Play play) {
    static final long CREDITS = 100_000;

    /** What happens. */
    @FunctionalInterface
    interface Play {
        void in(Scene scene) throws Exception;
    }

    static Scenario of(String page, Play play) {
        return new Scenario(page, CREDITS, play);
    }
}
