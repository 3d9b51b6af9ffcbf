package io.twostep.training;

/**
 * What is reached on the same rows by whoever knows nothing but how frequent each class is among the training rows.
 *
 * @param label the most frequent one, the first of several
 * @param accuracy of always saying so
 * @param logLoss of always giving each class its share of the training rows for a probability, in nats
 */
public record MajorityBaseline(String label, double accuracy, double logLoss) {}
