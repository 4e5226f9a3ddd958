package io.keywane.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Error bodies in the two shapes that the vendor uses: a problem document of RFC 9457, or {@code status},
 * {@code error} and {@code message} where the request did not come as far as an endpoint.
 */
final class Problems {
    private static final Map<Integer, String> TITLES = Map.of(400, "Bad Request", 401, "Unauthorized", 402,
            "Payment Required", 403, "Forbidden", 404, "Not Found", 405, "Method Not Allowed", 413, "Content Too Large",
            429, "Too Many Requests", 503, "Service Unavailable");

    private Problems() {}

    static Answer document(int status, String code, String detail, List<Answer.Header> headers) {
        return document(status, code, detail, Map.of(), headers);
    }

    static Answer insufficientCredits(Wallet.Debit debit, List<Answer.Header> headers) {
        return document(402, "insufficient_credits", "The wallet holds too few credits for this request.",
                Map.of("credits_required", debit.required(), "credits_balance", debit.balance()), headers);
    }

    static Answer plain(int status, String message, List<Answer.Header> headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", status);
        body.put("error", title(status));
        body.put("message", message);
        return Answer.json(status, Json.LENIENT.writeValueAsBytes(body), headers);
    }

    private static Answer document(int status, String code, String detail, Map<String, Object> more,
            List<Answer.Header> headers) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", title(status));
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        body.putAll(more);
        return Answer.problem(status, Json.LENIENT.writeValueAsBytes(body), headers);
    }

    private static String title(int status) {
        return TITLES.getOrDefault(status, "Server Error");
    }
}
