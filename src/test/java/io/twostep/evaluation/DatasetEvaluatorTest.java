package io.twostep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.twostep.dataset.Datasets;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.memory.MemoryBudget;
import io.twostep.model.ModelRegistry;
import io.twostep.prediction.Predictor;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an evaluation may take. */
@Tag("once")
class DatasetEvaluatorTest extends LiveService {

    private static final String NAME = "bounded";

    @Autowired
    private ModelRegistry models;

    @Autowired
    private Predictor predictor;

    @Autowired
    private Datasets datasets;

    @Autowired
    private MemoryBudget heap;

    @BeforeEach
    void train() {
        String csv = IntStream.range(0, 40)
                .mapToObj(i -> i + "," + i * 0.5)
                .collect(Collectors.joining("\n", "x,y\n", "\n"));
        upload(NAME, csv);
        submit("/training-jobs", "{\"dataset\":\"bounded\",\"target\":\"y\",\"epochs\":1,\"model\":\"bounded\"}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }

    @Test
    void readsNoMoreRowsThanItMay() {
        assertThat(evaluator(heap, 40).evaluate(NAME, 1, NAME).rows().judged()).isEqualTo(40);

        assertRefused(evaluator(heap, 39), ErrorCode.DATASET_TOO_LARGE, "40 rows, and one evaluation may read 39");
    }

    @Test
    void takesNoMoreMemoryThanThereIs() {
        long before = heap.reserved();

        assertRefused(
                evaluator(new MemoryBudget("some property", 1 << 20, 0), 40),
                ErrorCode.REQUEST_TOO_LARGE,
                "some property");
        evaluator(heap, 40).evaluate(NAME, 1, NAME);
        long loaded = heap.reserved();
        evaluator(heap, 40).evaluate(NAME, 1, NAME);

        assertThat(heap.reserved()).isEqualTo(loaded).isLessThan(before + (1 << 20));
    }

    private DatasetEvaluator evaluator(MemoryBudget memory, int maxRows) {
        return new DatasetEvaluator(models, predictor, datasets, memory, maxRows);
    }

    private static void assertRefused(DatasetEvaluator evaluator, ErrorCode code, String detail) {
        assertThatThrownBy(() -> evaluator.evaluate(NAME, 1, NAME))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageContaining(detail);
    }
}
