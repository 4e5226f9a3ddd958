package io.keywane.engine;

import io.keywane.usage.HeaderNames;
import io.keywane.usage.LimiterGroup;
import io.keywane.usage.WindowModel;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import static java.util.Objects.requireNonNull;

/**
 * What is particular to the API whose keys are kept.
 *
 * @param baseUrl scheme, host and port, by the rules of {@link BaseUrl}
 * @param keyHeader the header that carries the key
 * @param headers the names of the headers that answers carry
 * @param groups the limiter groups, each with its liveness probe and the windows that the operator declares
 * @param balance the metered probe that shows the wallet; its group is one of {@code groups}
 * @param control the public request that needs no key
 */
public record ProviderProfile(
        URI baseUrl,
        String keyHeader,
        HeaderNames headers,
        Map<LimiterGroup, GroupProfile> groups,
        BalanceProbe balance,
        RequestTemplate control) {
    public ProviderProfile {
        requireNonNull(baseUrl, "baseUrl is null");
        BaseUrl.check(baseUrl);
        requireNonNull(keyHeader, "keyHeader is null");
        requireNonNull(headers, "headers is null");
        groups = Map.copyOf(groups);
        requireNonNull(balance, "balance is null");
        requireNonNull(control, "control is null");
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a provider needs at least one limiter group");
        }
        if (!groups.containsKey(balance.group())) {
            throw new IllegalArgumentException("the balance probe names group " + balance.group()
                    + ", which is not among the groups");
        }
    }

    /** The groups in the order of their names. */
    public SortedSet<LimiterGroup> groupNames() {
        return new TreeSet<>(groups.keySet());
    }

    /** The declared windows of a group. */
    public List<WindowModel> windows(LimiterGroup group) {
        GroupProfile profile = groups.get(group);
        return profile == null ? List.of() : profile.windows();
    }

    /** A free request of a group that is answered 404, if there is one. */
    public Optional<RequestTemplate> missing(LimiterGroup group) {
        return Optional.ofNullable(groups.get(group)).flatMap(GroupProfile::missing);
    }

    /**
     * One limiter group.
     *
     * @param liveness its free probe
     * @param windows those that the operator declares; others count once they were calibrated
     * @param missing a free request that is answered 404: a calibration finds out whether it counts
     */
    public record GroupProfile(
            RequestTemplate liveness, List<WindowModel> windows, Optional<RequestTemplate> missing) {
        /** Without a request for what is not there. */
        public GroupProfile(RequestTemplate liveness, List<WindowModel> windows) {
            this(liveness, windows, Optional.empty());
        }

        public GroupProfile {
            requireNonNull(liveness, "liveness is null");
            requireNonNull(missing, "missing is null");
            windows = List.copyOf(windows);
            if (windows.stream().map(WindowModel::limit).distinct().count() < windows.size()) {
                throw new IllegalArgumentException(
                        "two declared windows of one group have the same limit, so the headers"
                                + " cannot tell them apart");
            }
        }
    }

    /** The metered probe: its request, the limiter that counts it, and the most that it may cost. */
    public record BalanceProbe(RequestTemplate request, LimiterGroup group, long credits) {
        public BalanceProbe {
            requireNonNull(request, "request is null");
            requireNonNull(group, "group is null");
            if (credits < 0) {
                throw new IllegalArgumentException("credits must not be negative");
            }
        }
    }

    /** A request without a body. */
    public record RequestTemplate(String method, String path) {
        public RequestTemplate {
            requireNonNull(method, "method is null");
            requireNonNull(path, "path is null");
            if (!method.equals("GET") && !method.equals("HEAD")) {
                throw new IllegalArgumentException("method must be GET or HEAD, is " + method);
            }
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("path must start with '/', is \"" + path + "\"");
            }
        }
    }
}
