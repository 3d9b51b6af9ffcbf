package io.twostep.features;

/**
 * How one column is turned into inputs: the first two if it holds numbers, the others if it holds text.
 *
 * @param numeric how its numbers are scaled
 * @param missing what stands for a missing number
 * @param category how its categories become numbers
 * @param unseen what becomes of a category that no training row has
 */
public record ColumnPolicy(
        NumberScaling numeric, MissingNumber missing, CategoryEncoding category, UnseenCategory unseen) {}
