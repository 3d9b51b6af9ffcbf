package io.twostep.job;

/** Whose turn it is. */
public interface Leases {

    /**
     * Whether a worker still has its hold on a place; if so, nobody takes it away before the transaction of the caller
     * has ended. To be asked when the row of the job is locked, so that all take the two in the same order.
     */
    boolean hold(Lease lease);
}
