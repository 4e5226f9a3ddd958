package io.keywane.engine;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for the one URL to which keys are sent: https, or http to this host itself; never an address from which a
 * cloud hands out its own secrets. Nothing is resolved: names are judged as names.
 */
public final class BaseUrl {
    /** Names under which clouds serve their metadata. */
    private static final Set<String> METADATA_NAMES = Set.of("metadata", "metadata.google.internal", "metadata.goog",
            "instance-data", "instance-data.ec2.internal");
    /** Metadata addresses outside the link-local range: Alibaba, Oracle, Azure, AWS over IPv6. */
    private static final Set<String> METADATA_ADDRESSES = Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16",
            "fd00:ec2:0:0:0:0:0:254");
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    /** What the C library, and so some proxy, would read as an IPv4 address. */
    private static final Pattern NUMERIC = Pattern.compile("([^.]*\\.)*(0x[0-9a-f]*|[0-9]+)");

    private BaseUrl() {}

    /**
     * Refuses a URL to which no key may be sent.
     *
     * @throws IllegalArgumentException naming the broken rule
     */
    public static void check(URI url) {
        check("base_url", url);
    }

    /** The same for another field than {@code base_url}. */
    static void check(String field, URI url) {
        fault(url).ifPresent(fault -> {
            throw new IllegalArgumentException(field + " " + fault);
        });
    }

    /** Whether the host is this host by its literal name: 127.0.0.0/8, ::1 or localhost. */
    public static boolean isLoopback(URI url) {
        String host = host(url);
        return host.equals("localhost") || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static Optional<String> fault(URI url) {
        if (url.getScheme() == null || url.getHost() == null || url.getHost().isEmpty()) {
            return Optional.of("must have a scheme and a host, as in https://connect.jobo.world");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("must not contain a user or a password");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            return Optional.of("must not have a query or a fragment");
        }
        if (!url.getRawPath().isEmpty() && !url.getRawPath().equals("/")) {
            return Optional.of("must not have a path; the requests of the profile have theirs");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("must have a port from 1 to 65535");
        }
        return forbiddenHost(host(url)).or(() -> schemeFault(url));
    }

    private static Optional<String> schemeFault(URI url) {
        if (url.getScheme().equalsIgnoreCase("https")) {
            return Optional.empty();
        }
        if (!url.getScheme().equalsIgnoreCase("http")) {
            return Optional.of("must begin with https://");
        }
        return isLoopback(url)
                ? Optional.empty()
                : Optional.of("must begin with https:// (http:// is for 127.0.0.0/8, ::1 and localhost only):"
                        + " a key is never sent in clear");
    }

    private static Optional<String> forbiddenHost(String host) {
        if (METADATA_NAMES.contains(host)) {
            return Optional.of("must not name a cloud's metadata service");
        }
        boolean numeric = host.contains(":") || NUMERIC.matcher(host).matches();
        if (!numeric) {
            return Optional.empty();
        }
        return literal(host).map(BaseUrl::forbiddenAddress)
                .orElse(Optional.of("must have an address in its usual form, as in 192.0.2.7 or [2001:db8::7]"));
    }

    private static Optional<String> forbiddenAddress(InetAddress address) {
        if (METADATA_ADDRESSES.contains(address.getHostAddress())) {
            return Optional.of("must not name a cloud's metadata service");
        }
        if (address.isLinkLocalAddress()) {
            return Optional.of("must not be a link-local address: clouds hand out their own secrets there");
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return Optional.of("must be the address of one host");
        }
        return Optional.empty();
    }

    /** The host in lower case, without brackets and without the dot that may end a name. */
    private static String host(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static Optional<InetAddress> literal(String host) {
        if (!host.contains(":") && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
