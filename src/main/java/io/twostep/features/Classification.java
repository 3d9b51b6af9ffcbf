package io.twostep.features;

/**
 * One predicted class.
 *
 * @param label the most probable one; of several the first
 * @param probabilities of all labels, in the order of {@link ClassTarget#labels()}
 */
@SuppressWarnings("ArrayRecordComponent") // one for every row of a prediction: no boxes
public record Classification(String label, double[] probabilities) {}
