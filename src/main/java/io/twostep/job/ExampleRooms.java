package io.twostep.job;

/** Where attempts at jobs keep their encoded rows. */
public interface ExampleRooms {

    /** A new room; the caller closes it. */
    ExampleRoom open();
}
