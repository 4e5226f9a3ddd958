package io.keywane.evidence;

/** A file is no whole bundle of evidence: damaged, changed, cut short or of another format. */
public final class EvidenceException extends Exception {
    private static final long serialVersionUID = 1L;

    public EvidenceException(String message) {
        super(message);
    }
}
