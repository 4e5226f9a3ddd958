package io.keywane.usage.mutation;

import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tests that each have one rule of the accounting in sight: they are fast, and must notice each mutation. */
final class DirectedTests {
    private static final List<String> NAMES = List.of("SilentSpanTest", "WindowMapTest", "TrustTest", "ServerClockTest",
            "OwnRingTest", "OwnRequestsTest",
            "OwnWindowsTest", "SilenceChainTest", "GroupAccountTest", "AccountInTheOpenTest", "AccountBoundsTest");
    /** More than any of them needs in all. */
    private static final long ROUNDS = 20_000_000;
    private static final LauncherConfig PLAIN = LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false).enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false).build();

    private DirectedTests() {}

    /** The first test that fails on these classes; empty if none does. */
    static Optional<String> firstFailure(ClassLoader classes) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String name : NAMES) {
            selectors.add(DiscoverySelectors.selectClass(classes, "io.keywane.usage." + name));
        }
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectors)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false").build();
        CancellationToken cancelled = CancellationToken.create();
        FirstFailure listener = new FirstFailure(cancelled);
        Launcher launcher = LauncherFactory.create(PLAIN);
        Fuel.fill(ROUNDS);
        launcher.execute(LauncherExecutionRequestBuilder.request(request).listeners(listener)
                .cancellationToken(cancelled).build());
        if (listener.passed == 0 && listener.failed.isEmpty()) {
            throw new IllegalStateException("no test ran");
        }
        return listener.failed.stream().findFirst();
    }

    private static final class FirstFailure implements TestExecutionListener {
        private final CancellationToken cancelled;
        private final List<String> failed = new ArrayList<>();
        private int passed;

        FirstFailure(CancellationToken cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failed.add(test.getDisplayName());
                cancelled.cancel();
            } else if (test.isTest()) {
                passed++;
            }
        }
    }
}
