package io.keywane.provider;

/**
 * Keeps the JDK's HTTP client from sending a request a second time on its own, which it does for every GET whose
 * connection ends before the first byte of an answer.
 *
 * <p>The only switch that stops it (tried on JDK 25; {@code disableRetryConnect} and {@code enableAllMethodRetry} do not)
 * is the limit on attempts, which the client reads once, when the first request of the process is sent. So this must run
 * before that.
 */
public final class SingleSend {
    private static final String ATTEMPTS = "jdk.httpclient.redirects.retrylimit";

    private SingleSend() {}

    /**
     * Limits the HTTP client of this process to one attempt for each request. To be called before any HTTP request is
     * sent.
     *
     * @throws IllegalStateException if the process was started with another limit
     */
    public static void require() {
        String attempts = System.getProperty(ATTEMPTS);
        if (attempts != null && !attempts.equals("1")) {
            throw new IllegalStateException("the system property " + ATTEMPTS + " is " + attempts
                    + ", but a probe must be sent once only: leave it out");
        }
        System.setProperty(ATTEMPTS, "1");
    }
}
