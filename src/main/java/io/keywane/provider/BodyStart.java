package io.keywane.provider;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Whether a body begins as JSON does. Of the body itself nothing is kept.
 *
 * @param empty whether there was no body, or only white space in what was read
 * @param json whether its first character opens a JSON object or array
 */
record BodyStart(boolean empty, boolean json) {
    /** How much of a body is read before the connection is dropped, in bytes. */
    static final int LARGEST_READ = 64 * 1024;

    /** Reads a body to its end, or to {@link #LARGEST_READ}. */
    static HttpResponse.BodySubscriber<BodyStart> subscriber() {
        return new Subscriber();
    }

    private static final class Subscriber implements HttpResponse.BodySubscriber<BodyStart> {
        private final CompletableFuture<BodyStart> result = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private int read;
        private char first = ' ';

        @Override
        public CompletionStage<BodyStart> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                read += buffer.remaining();
                findFirst(buffer);
            }
            if (read > LARGEST_READ) {
                subscription.join().cancel();
                onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            result.complete(new BodyStart(first == ' ', first == '{' || first == '['));
        }

        private void findFirst(ByteBuffer buffer) {
            while (first == ' ' && buffer.hasRemaining()) {
                int next = buffer.get() & 0xFF;
                if (!Character.isWhitespace(next)) {
                    first = (char) next;
                }
            }
        }
    }
}
