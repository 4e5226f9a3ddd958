package io.keywane.demo;

/** Where progress is shown. */
interface Display {
    /** A step that was done; it stays to be read. */
    void say(String line);

    /** How things stand now. */
    void show(Frame frame);
}
