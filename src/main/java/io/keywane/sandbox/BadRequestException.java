package io.keywane.sandbox;

/** A request that breaks the API's rules; answered with 400 and this text. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String detail) {
        super(detail);
    }
}
