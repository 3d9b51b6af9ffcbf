package io.twostep.dataset;

/** Somebody who may still need a dataset. What is needed is not deleted. */
@FunctionalInterface
public interface DatasetUse {

    /** Asked inside the transaction that deletes, while the dataset's row is locked. */
    boolean needs(Dataset dataset);
}
