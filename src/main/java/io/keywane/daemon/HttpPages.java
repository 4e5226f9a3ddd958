package io.keywane.daemon;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

import static java.util.Objects.requireNonNull;

/** The pages of the HTTP endpoint. What goes wrong is told in the log; the reader learns the status only. */
final class HttpPages extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPages.class);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Metrics metrics;
    private final BooleanSupplier healthy;
    private final BooleanSupplier ready;

    HttpPages(Metrics metrics, BooleanSupplier healthy, BooleanSupplier ready) {
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.healthy = requireNonNull(healthy, "healthy is null");
        this.ready = requireNonNull(ready, "ready is null");
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
                case "/metrics", "/-/healthy", "/-/ready" -> known(request);
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
            case "/-/healthy" -> state(healthy, "healthy", "the loops make no progress");
            case "/-/ready" -> state(ready, "ready", "configuration or state is not loaded");
            default -> metrics(request);
        };
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
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(page.bytes()), callback);
    }
}
