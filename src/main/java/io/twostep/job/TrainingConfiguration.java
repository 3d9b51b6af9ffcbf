package io.twostep.job;

import io.twostep.dataset.DatasetCatalog;
import io.twostep.dataset.DatasetUse;
import io.twostep.dataset.Datasets;
import io.twostep.network.NetworkCatalog;
import io.twostep.network.Networks;
import io.twostep.observability.Meters;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** What jobs are about: connects the queue, which knows of none of it, with datasets, networks and the training. */
@Configuration(proxyBeanMethods = false)
class TrainingConfiguration {

    @Bean
    TrainingWork trainingWork(Datasets datasets, ExampleRooms rooms, BuildProperties build, Meters meters) {
        return new ModelTraining(datasets, rooms, String.valueOf(build.getVersion()), meters);
    }

    @Bean
    DatasetUse unfinishedJobs(TrainingJobs jobs) {
        return dataset -> jobs.needsDataset(dataset.id());
    }

    @Bean
    TrainingPlanner trainingPlanner(
            Datasets datasets, NetworkCatalog catalog, Networks networks, JobProperties properties) {
        return new TrainingPlanner(
                datasets::lookUp,
                idOrName -> catalog.byId(idOrName).or(() -> catalog.byName(idOrName)),
                networks::checkSize,
                properties.examplesOnDisk(),
                DataSize.ofBytes(properties.heapForBatches()));
    }

    @Bean
    TrainingDesk trainingDesk(TrainingPlanner planner, DatasetCatalog datasets, JobQueue queue) {
        return new TrainingDesk(planner, datasets, queue);
    }
}
