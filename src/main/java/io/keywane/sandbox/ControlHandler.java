package io.keywane.sandbox;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the control API on HTTP for holders of the token on this machine: 403 from elsewhere, 401 without it. */
final class ControlHandler extends Handler.Abstract {
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int LARGEST_BODY = 64 * 1024;

    private final ControlRoutes routes;
    private final byte[] authorization;
    private final DateStamp date;

    ControlHandler(SandboxControl control, String token, DateStamp date) {
        this.routes = new ControlRoutes(control);
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.date = date;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        try {
            requireLocal(request);
            requireToken(request);
            write(response, callback, 200, perform(request));
        } catch (SandboxControlException e) {
            write(response, callback, e.status(), new ControlWire.Failure(String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException | ArithmeticException | BadRequestException e) {
            write(response, callback, 400, new ControlWire.Failure(String.valueOf(e.getMessage())));
        }
        return true;
    }

    private Object perform(Request request) throws IOException {
        byte[] body = readBody(request);
        Map<String, String> query = new HashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValue());
        }
        return routes.perform(request.getMethod(), Request.getPathInContext(request), new Parameters(query),
                new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] readBody(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new SandboxControlException(413, "a body may have at most " + LARGEST_BODY + " bytes");
            }
            return body;
        }
    }

    /** The Host is looked at too: a page in a browser can send requests from loopback, but under its own name. */
    private static void requireLocal(Request request) {
        boolean loopback = request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress from
                && Optional.ofNullable(from.getAddress()).map(InetAddress::isLoopbackAddress).orElse(false);
        if (!loopback || !OWN_NAMES.contains(Request.getServerName(request))) {
            throw new SandboxControlException(403, "the control API answers only on loopback, by a loopback name");
        }
    }

    private void requireToken(Request request) {
        String given = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)).orElse("");
        if (!MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
            throw new SandboxControlException(401,
                    "send 'Authorization: Bearer TOKEN' with the token in the state directory's control-token");
        }
    }

    private void write(Response response, Callback callback, int status, Object document) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.DATE, date.now());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (status == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        response.write(true, ByteBuffer.wrap(Json.STRICT.writeValueAsBytes(document)), callback);
    }
}
