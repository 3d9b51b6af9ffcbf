package io.twostep.job.store;

import io.twostep.job.ExampleRoom;
import io.twostep.job.ExampleRooms;
import io.twostep.job.JobProperties;
import io.twostep.storage.DataFolder;
import org.springframework.stereotype.Component;

/** Rooms on the heap for small tables and on the disk for large ones; what a crash leaves there goes at start-up. */
@Component
final class DiskRooms implements ExampleRooms {

    private final DataFolder dataFolder;
    private final JobProperties properties;

    DiskRooms(DataFolder dataFolder, JobProperties properties) {
        this.dataFolder = dataFolder;
        this.properties = properties;
    }

    @Override
    public ExampleRoom open() {
        return new DiskRoom(dataFolder, properties.heapForExamples());
    }
}
