package io.twostep.job;

/** Where attempts at jobs keep their encoded rows. */
public interface ExampleRooms {

    /**
     * A new room; the caller closes it.
     *
     * @param heap bytes that may be taken of it, which the caller has reserved
     */
    ExampleRoom open(long heap);
}
