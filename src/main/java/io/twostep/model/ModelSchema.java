package io.twostep.model;

import io.twostep.features.FeatureEncoder;
import io.twostep.features.TargetEncoder;

/**
 * The columns that a model takes and the one that it gives, with everything learned about them in training.
 *
 * @param features raw columns to inputs of the network
 * @param target outputs of the network to answers
 */
public record ModelSchema(FeatureEncoder features, TargetEncoder target) {}
