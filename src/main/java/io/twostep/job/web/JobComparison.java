package io.twostep.job.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** Training jobs side by side, and what their recipes differ in. */
record JobComparison(List<ComparedJob> jobs, @JsonUnwrapped RecipeDifferences differences) {}
