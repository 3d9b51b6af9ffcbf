package io.twostep.job;

import io.twostep.dataset.DatasetCatalog;
import io.twostep.dataset.DatasetUse;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.TableMemory;
import io.twostep.memory.MemoryBudget;
import io.twostep.model.ModelRegistry;
import io.twostep.model.Models;
import io.twostep.network.NetworkCatalog;
import io.twostep.network.Networks;
import io.twostep.observability.Meters;
import java.time.InstantSource;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What jobs are about: connects the queue, which knows of none of it, with datasets, networks and the training. */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

    @Bean
    TrainingRoom trainingRoom(
            DatasetCatalog datasets, MemoryBudget heap, TableMemory tables, JobProperties properties) {
        return new TrainingRoom(datasets::byId, heap, tables, properties.heapForExamples());
    }

    @Bean
    TrainingWork trainingWork(
            Datasets datasets,
            ExampleRooms rooms,
            TrainingRoom memory,
            ModelRegistry models,
            JsonMapper json,
            BuildProperties properties,
            Meters meters) {
        String build = String.valueOf(properties.getVersion());
        RunFingerprint fingerprint = new RunFingerprint(json, SingletonSupplier.of(TrainingCode::sha256));
        return new ModelTraining(datasets, rooms, memory, new StartParameters(models), fingerprint, build, meters);
    }

    @Bean
    DatasetUse unfinishedJobs(TrainingJobs jobs) {
        return dataset -> jobs.needsDataset(dataset.id());
    }

    @Bean
    TrainingPlanner trainingPlanner(
            Datasets datasets, NetworkCatalog catalog, Networks networks, Models models, JobProperties properties) {
        return new TrainingPlanner(
                datasets::lookUp,
                idOrName -> catalog.byId(idOrName).or(() -> catalog.byName(idOrName)),
                choice -> choice.version() == null
                        ? models.findLatest(choice.model())
                        : models.find(choice.model(), choice.version()),
                networks::checkSize,
                properties.examplesOnDisk(),
                DataSize.ofBytes(properties.heapForBatches()),
                InstantSource.system());
    }

    @Bean
    TrainingDesk trainingDesk(
            TrainingPlanner planner,
            Reproduction reproduction,
            TrainingRoom memory,
            DatasetCatalog datasets,
            JobQueue<JobSubmission, TrainingJob> queue) {
        return new TrainingDesk(planner, reproduction, memory::requireFits, datasets::lock, queue);
    }

    @Bean
    ColumnReport columnReport(Datasets datasets, Models models) {
        return new ColumnReport(datasets::lookUp, models);
    }
}
