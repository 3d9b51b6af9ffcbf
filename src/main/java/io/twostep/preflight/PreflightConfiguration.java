package io.twostep.preflight;

import io.twostep.dataset.Datasets;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingRoom;
import io.twostep.memory.MemoryBudget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PreflightConfiguration {

    @Bean
    RowSamples rowSamples(Datasets datasets, MemoryBudget heap) {
        return new RowSamples(datasets, heap);
    }

    @Bean
    PreflightCheck preflightCheck(TrainingDesk desk, TrainingRoom room, RowSamples samples) {
        return new PreflightCheck(desk, room, samples, System::nanoTime);
    }

    @Bean
    LearningRateFinder learningRateFinder(TrainingDesk desk, RowSamples samples) {
        return new LearningRateFinder(desk, samples, System::nanoTime);
    }
}
