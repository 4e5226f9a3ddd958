package io.keywane.sandbox;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Puts the API on HTTP: reads the request, waits as the faults say, writes the answer. No thread waits meanwhile. */
final class ApiHandler extends Handler.Abstract.NonBlocking {
    private static final int LARGEST_BODY = 64 * 1024;
    private static final Answer TOO_LARGE = Problems.document(413, "content_too_large",
            "A body may have at most " + LARGEST_BODY + " bytes.", List.of());

    private final Supplier<World> world;
    private final Api api;
    private final DateStamp date;

    ApiHandler(Supplier<World> world, Api api, DateStamp date) {
        this.world = world;
        this.api = api;
        this.date = date;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!request.getMethod().equals("POST")) {
            judge(request, response, callback, "");
            return true;
        }
        Content.Source.asByteArrayAsync(request, LARGEST_BODY,
                Promise.Invocable.from(InvocationType.NON_BLOCKING,
                        body -> judge(request, response, callback, new String(body, StandardCharsets.UTF_8)),
                        failure -> write(TOO_LARGE, response, callback, false)));
        return true;
    }

    private void judge(Request request, Response response, Callback callback, String body) {
        World now = world.get();
        FaultDraw draw = now.faults().draw();
        after(request, draw.faults().delayBefore(), callback, () -> {
            Answer answer = api.answer(now, read(request, body), draw);
            after(request, draw.faults().latency(), callback,
                    () -> deliver(answer, draw, request, response, callback));
        });
    }

    private static void after(Request request, Duration delay, Callback callback, Runnable step) {
        Runnable guarded = () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                callback.failed(e);
            }
        };
        if (delay.isZero()) {
            guarded.run();
            return;
        }
        request.getComponents().getScheduler().schedule(guarded, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ApiRequest read(Request request, String body) {
        HttpFields headers = request.getHeaders();
        Optional<String> key = Optional.ofNullable(headers.get("X-Api-Key")).filter(value -> !value.isBlank());
        String agent = Optional.ofNullable(headers.get(HttpHeader.USER_AGENT)).orElse("-");
        String consumer = Optional.ofNullable(headers.get("X-Consumer")).orElse(agent);
        return new ApiRequest(request.getMethod(), Request.getPathInContext(request), query(request), body, key,
                consumer, Caller.of(request.getConnectionMetaData().getRemoteSocketAddress()));
    }

    private static Map<String, String> query(Request request) {
        if (request.getHttpURI().getQuery() == null) {
            return Map.of();
        }
        Map<String, String> query = new HashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValue());
        }
        return query;
    }

    private void deliver(Answer answer, FaultDraw draw, Request request, Response response, Callback callback) {
        if (draw.lost()) {
            // A failure alone would be answered with 500.
            request.getConnectionMetaData().getConnection().getEndPoint().close();
        }
        write(answer, response, callback, draw.faults().truncateBody());
    }

    private void write(Answer answer, Response response, Callback callback, boolean truncated) {
        byte[] body = answer.body();
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.DATE, answer.oldDate().map(DateStamp::of).orElseGet(date::now));
        headers.put(HttpHeader.CONTENT_TYPE, answer.contentType());
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        answer.headers().forEach(header -> headers.add(header.name(), header.value()));
        if (truncated) {
            ByteBuffer half = ByteBuffer.wrap(body, 0, body.length / 2);
            response.write(false, half,
                    Callback.from(() -> callback.failed(new EOFException("fault: truncated body"))));
            return;
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
