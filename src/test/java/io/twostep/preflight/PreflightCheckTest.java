package io.twostep.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.Datasets;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingRequest;
import io.twostep.job.TrainingRoom;
import io.twostep.memory.MemoryBudget;
import io.twostep.preflight.PreflightWarning.Kind;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** What a preflight may take. */
class PreflightCheckTest extends LiveService {

    private static final long MEGABYTE = 1 << 20;

    /** 4 million parameters, four numbers for each: 64 MB. */
    private static final String LARGE = """
            {"dataset":"preflight-bounds","target":"y","batch_size":8,
             "network":{"layers":[{"type":"dense","units":2000},{"type":"dense","units":2000}]}}""";

    private static final String SMALL = """
            {"dataset":"preflight-bounds","target":"y","network":{"layers":[]}}""";

    @Autowired
    private TrainingDesk desk;

    @Autowired
    private TrainingRoom room;

    @Autowired
    private Datasets datasets;

    @Autowired
    private MemoryBudget heap;

    @Autowired
    private JsonMapper json;

    @BeforeEach
    void upload() {
        String csv = IntStream.range(0, 40)
                .mapToObj(i -> i + "," + i * 0.5)
                .collect(Collectors.joining("\n", "x,y\n", "\n"));
        upload("preflight-bounds", csv);
    }

    @Test
    void saysWhatItKnowsWhereThereIsNoMemoryToTryAStep() {
        MemoryBudget little = new MemoryBudget("some property", 32 * MEGABYTE, 0);

        Preflight found = check(little).check(request(LARGE));

        assertThat(found.time().secondsPerEpoch()).isNull();
        assertThat(found.time().pace()).isNull();
        assertThat(found.time().stepsPerEpoch()).isEqualTo(4);
        assertThat(found.size().parameters()).isEqualTo(4_000L + 4_002_000 + 2_001);
        assertThat(found.warnings())
                .filteredOn(warning -> warning.kind() == Kind.NOT_MEASURED)
                .singleElement()
                .satisfies(warning -> assertThat(warning.detail()).contains("No step could be tried", "some property"));
        assertThat(little.reserved()).isZero();
    }

    @Test
    void isRefusedWhereThereIsNoMemoryToLookAtRows() {
        assertRefused(new MemoryBudget("some property", MEGABYTE, 0), ErrorCode.REQUEST_TOO_LARGE);
        MemoryBudget taken = new MemoryBudget("some property", 32 * MEGABYTE, 0);
        taken.reserve(31 * MEGABYTE);
        assertRefused(taken, ErrorCode.BUSY);
    }

    @Test
    void holdsNoMemoryWhenItIsDone() {
        long before = heap.reserved();

        assertThat(check(heap).check(request(SMALL)).time().secondsPerEpoch()).isPositive();

        assertThat(heap.reserved()).isEqualTo(before);
    }

    @Test
    void makesOneAtATime() {
        RowSamples samples = new RowSamples(datasets, heap);
        PreflightCheck check = new PreflightCheck(desk, room, samples, System::nanoTime);
        TrainingRequest request = request(SMALL);

        samples.during(desk.plan(request), datasets.find("preflight-bounds"), sample -> {
            assertThatThrownBy(() -> check.check(request))
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining("Another training is being tried");
            return sample;
        });

        assertThat(check.check(request).rows()).isNotNull();
    }

    private void assertRefused(MemoryBudget budget, ErrorCode code) {
        assertThatThrownBy(() -> check(budget).check(request(SMALL)))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private PreflightCheck check(MemoryBudget budget) {
        return new PreflightCheck(desk, room, new RowSamples(datasets, budget), System::nanoTime);
    }

    private TrainingRequest request(String body) {
        return json.readValue(body, TrainingRequest.class);
    }
}
