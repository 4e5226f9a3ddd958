package io.keywane.daemon;

import io.keywane.page.StatusPage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/** The pages of the HTTP endpoint. What goes wrong is told in the log; the reader learns the status only. */
final class HttpPages extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPages.class);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";
    private static final Pattern OWN_NAME = Pattern.compile(
            "localhost|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", StatusPage.policy(),
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private final Metrics metrics;
    private final BooleanSupplier healthy;
    private final BooleanSupplier ready;
    private final Supplier<String> status;

    HttpPages(Metrics metrics, BooleanSupplier healthy, BooleanSupplier ready, Supplier<String> status) {
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.healthy = requireNonNull(healthy, "healthy is null");
        this.ready = requireNonNull(ready, "ready is null");
        this.status = requireNonNull(status, "status is null");
    }

    private record Page(int status, String contentType, String body) {
        static Page text(int status, String line) {
            return new Page(status, TEXT, line + "\n");
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Page page = page(request);
        if (page.status() == HttpStatus.METHOD_NOT_ALLOWED_405) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        }
        write(page, response, callback);
        return true;
    }

    /** Answers a request that never reached a page, such as one that is malformed. */
    static boolean writeError(Request request, Response response, Callback callback) {
        int status = response.getStatus() == 0 ? HttpStatus.INTERNAL_SERVER_ERROR_500 : response.getStatus();
        write(Page.text(status, HttpStatus.getMessage(status)), response, callback);
        return true;
    }

    private Page page(Request request) {
        try {
            return switch (Request.getPathInContext(request)) {
                case "/", "/metrics", "/-/healthy", "/-/ready" -> known(request);
                default -> Page.text(HttpStatus.NOT_FOUND_404, "Not Found");
            };
        } catch (RuntimeException e) {
            LOG.error("the page {} could not be made", Request.getPathInContext(request), e);
            return Page.text(HttpStatus.INTERNAL_SERVER_ERROR_500, "Internal Server Error");
        }
    }

    private Page known(Request request) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            return Page.text(HttpStatus.METHOD_NOT_ALLOWED_405, "Method Not Allowed");
        }
        return switch (Request.getPathInContext(request)) {
            case "/" -> status(request);
            case "/-/healthy" -> state(healthy, "healthy", "the loops make no progress");
            case "/-/ready" -> state(ready, "ready", "configuration or state is not loaded");
            default -> metrics(request);
        };
    }

    /**
     * For people at this machine, or who came by a tunnel to it, whatever address is listened at. A name in Host other than
     * localhost would be a foreign site's that resolves to this machine, to read the page through a person's browser.
     */
    private Page status(Request request) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && peer.getAddress().isLoopbackAddress())) {
            return Page.text(HttpStatus.FORBIDDEN_403,
                    "The status page is shown on the daemon's own machine only; reach it by ssh -L or kubectl port-forward.");
        }
        if (!OWN_NAME.matcher(Request.getServerName(request)).matches()) {
            return Page.text(HttpStatus.MISDIRECTED_REQUEST_421,
                    "Ask for the status page at localhost or by the address.");
        }
        return new Page(HttpStatus.OK_200, HTML, status.get());
    }

    private Page metrics(Request request) {
        ExpositionFormat format = ExpositionFormat.preferredBy(String.join(",", request.getHeaders()
                .getValuesList(HttpHeader.ACCEPT)));
        return new Page(HttpStatus.OK_200, format.contentType(),
                new String(metrics.scrape(format), StandardCharsets.UTF_8));
    }

    private static Page state(BooleanSupplier holds, String good, String bad) {
        return holds.getAsBoolean()
                ? Page.text(HttpStatus.OK_200, good)
                : Page.text(HttpStatus.SERVICE_UNAVAILABLE_503, bad);
    }

    private static void write(Page page, Response response, Callback callback) {
        response.setStatus(page.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.contentType());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        HEADERS.forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(page.bytes()), callback);
    }
}
