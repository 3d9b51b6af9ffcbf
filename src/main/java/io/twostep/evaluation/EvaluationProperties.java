package io.twostep.evaluation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of evaluations that somebody asks for and waits for.
 *
 * @param maxRows most rows of a dataset
 */
@ConfigurationProperties("twostep.evaluation")
record EvaluationProperties(@DefaultValue("1000000") int maxRows) {}
