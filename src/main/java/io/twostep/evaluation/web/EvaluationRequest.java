package io.twostep.evaluation.web;

/** @param dataset id or name */
record EvaluationRequest(String dataset) {}
