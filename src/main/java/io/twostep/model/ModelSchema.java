package io.twostep.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.Notation;
import io.twostep.features.TargetEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a model takes and the one that it gives, with everything learned about them in training.
 *
 * @param features raw columns to inputs of the network
 * @param target outputs of the network to answers
 * @param notation of text that stands for values; the usual one where nothing is stored
 */
public record ModelSchema(FeatureEncoder features, TargetEncoder target, Notation notation) {

    /** Reads what is stored; models of old do not tell their notation. */
    @JsonCreator
    static ModelSchema of(FeatureEncoder features, TargetEncoder target, @Nullable Notation notation) {
        return new ModelSchema(features, target, notation == null ? Notation.USUAL : notation);
    }

    public ModelSchema(FeatureEncoder features, TargetEncoder target) {
        this(features, target, Notation.USUAL);
    }
}
